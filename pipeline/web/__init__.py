"""The browser: review beside the ink, search, the dashboard and exports, as a Datasette plugin.

`serve` starts it, `make_app` gives the Datasette for tests. Pages ask and change the database through `Store`
only; what is shown and what may be changed is decided there. Nothing is loaded from outside.
"""

from __future__ import annotations

from pipeline.web.access import Access
from pipeline.web.app import make_app, serve

__all__ = ["Access", "make_app", "serve"]
