"""How good a reading is, against gold: fields, figures, citations, recipients, tables, text, and whether to trust it.

Gold lies beside a scan as `NAME.json`; a key that is missing there is not judged.
"""

from __future__ import annotations

from pipeline.metrics.evaluate import evaluate
from pipeline.metrics.gold import load_gold
from pipeline.metrics.render import render
from pipeline.metrics.report import Reading, Report, compare

__all__ = ["Reading", "Report", "compare", "evaluate", "load_gold", "render"]
