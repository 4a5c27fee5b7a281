"""The server: Datasette over the database, with our pages in front."""

from __future__ import annotations

import errno
import socket
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.plugins import pm  # type: ignore[import-untyped]

from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.store import open_store
from pipeline.store.dictionary import INNER, about, meaning, public_tables
from pipeline.web import plugin
from pipeline.web.access import Access
from pipeline.web.images import cache_folder
from pipeline.web.site import Site, settle_in

# With rich it prints the contents of letters beside its tracebacks, and fails on a page that is not there.
pm.get_plugin("datasette.handle_exception").rich = None

_HERE = Path(__file__).parent
_SETTINGS = {
    "sql_time_limit_ms": 3000,
    "max_returned_rows": 2000,
    "default_page_size": 100,
    "facet_time_limit_ms": 500,
    "allow_download": False,
    "num_sql_threads": 3,
}
_SHADOWS = ("search_text_data", "search_text_idx", "search_text_content", "search_text_docsize", "search_text_config")


def make_app(store_path: Path, config: Config, access: Access, *, cache: Path | None = None) -> Datasette:
    """A Datasette over the database, which is made when it is not there.

    Raises:
        StoreError: the database cannot be used.
    """
    with open_store(store_path, config.store) as store:
        metadata = describe(store_path.stem, public_tables(store.db))
    if not pm.is_registered(plugin):
        pm.register(plugin)
    server = Datasette(
        [str(store_path)],
        metadata=metadata,
        settings=_SETTINGS,
        template_dir=str(_HERE / "templates"),
        static_mounts=[("-/congvan", str(_HERE / "static"))],
    )
    settle_in(server, Site(store_path, config, access, cache or cache_folder()))
    return server


def describe(database: str, tables: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Datasette's metadata: what tables and columns mean, good facets, canned queries."""
    described: dict[str, Any] = {
        name: {"description": about(name), "columns": {column: meaning(name, column) for column in columns}}
        for name, columns in tables.items()
    }
    for name, more in _data("tables.toml").items():
        described[name] |= more
    described |= {name: {"hidden": True} for name in (*INNER, *_SHADOWS)}
    return {
        "title": "congvan",
        "databases": {database: {"tables": described, "queries": _data("queries.toml")}},
    }


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def serve(store_path: Path, config: Config, access: Access, ready: Callable[[], None]) -> None:
    """Serve until interrupted.

    Args:
        store_path: the database.
        config: the settings.
        access: where to listen, and who may come in.
        ready: called once, when a browser that comes is answered.

    Raises:
        UsageError: the address is taken, or is not of this machine.
        StoreError: the database cannot be used.
    """
    family = socket.AF_INET6 if ":" in access.host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((access.host, access.port))
            listening.listen()  # whoever comes from now on waits for the pages instead of being refused
        except (OSError, OverflowError) as e:
            taken = isinstance(e, OSError) and e.errno != errno.EADDRNOTAVAIL
            hint = "try another --port" if taken else "give an address of this machine with --host"
            raise UsageError(f"cannot listen on {access.host}:{access.port}: {e}", hint=hint) from e
        app = make_app(store_path, config, access).app()
        ready()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        server.run(sockets=[listening])
