"""Values as people of the page's language write them: dates by day and month, figures with points and commas."""

from __future__ import annotations

import datetime as dt
import json
import re

from pipeline.store import Row
from pipeline.store.figures import figure_text
from pipeline.store.row_values import PERIOD
from pipeline.store.rows import DATES

_SIGNS = {"=": "", ">=": "≥", "<=": "≤", "~": "≈"}
_DAYS = DATES | PERIOD
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def day(date: str | None, language: str) -> str:
    """A date as `31/12/2023` on Vietnamese pages, as it is stored elsewhere; what is no whole date stays as it is."""
    found = _ISO_DATE.fullmatch(date or "")
    return "/".join(reversed(found.groups())) if found and language == "vi" else date or ""


def moment(at: str | None, language: str) -> str:
    """A time of the database (ISO, in UTC) to the minute, as the clocks of this machine show it; empty for none."""
    if not at:
        return ""
    date, time = f"{dt.datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}".split()
    return f"{day(date, language)} {time}"


def amount(row: Row) -> str:
    """A figure with what compares it, its upper end and its unit: `≥ 6–6,5 %`."""
    values = "–".join(figure_text(row[name]) for name in ("value", "value_max") if row[name] is not None)
    return " ".join(part for part in (_SIGNS.get(row["comparator"], row["comparator"]), values, row["unit"]) if part)


def shown(field: str, stored: str | None, language: str) -> str:
    """A stored value as the page shows it, and as people may write it back.

    Args:
        field: as in `corrections.field`: `issued_on`, `targets.3.value`.
        stored: as the database has it; None for none.
        language: of the page.
    """
    if field.rpartition(".")[2] in _DAYS:
        return day(stored, language)
    if stored and field.startswith("added."):
        return " · ".join(json.loads(stored).values())
    if stored and field.startswith("targets.") and field.endswith((".value", ".value_max")):
        return figure_text(float(stored))
    return stored or ""
