"""What was decided on, in words: `targets.3.value` is the value of the fourth figure."""

from __future__ import annotations

from functools import lru_cache

from pipeline.doctypes import load
from pipeline.store.decidable import FIELDS
from pipeline.store.row_values import FIRST_ADDED
from pipeline.vietnamese import fold
from pipeline.web.language import Say


@lru_cache(maxsize=1)
def kinds() -> tuple[str, ...]:
    """The names of all kinds of letter, as they stand in `documents.doc_type`, in the order of their letters."""
    return tuple(sorted({kind.name for kind in load()}, key=fold))


def named(field: str, say: Say) -> str:
    """The words for a field of `corrections`; counted from 1, as people count. What has no words stays as it is."""
    if field in FIELDS:
        return say(f"fields.{field}")
    found = _words(field.split("."))
    if found is None:
        return field
    key, values = found
    if "what" in values:
        values["what"] = say(f"fields.{values['what']}")
    return say(f"log.{key}", **values)


def _counted(item: str) -> str:
    """The number of a row as people count; rows that people added count by themselves: `+1`."""
    at = int(item)
    return f"+{at - FIRST_ADDED + 1}" if at >= FIRST_ADDED else str(at + 1)


def _words(parts: list[str]) -> tuple[str, dict[str, object]] | None:
    """The key of the words, and what is put into them."""
    found: tuple[str, dict[str, object]] | None = None
    match parts:
        case ["letter"]:
            found = "is_a_letter", {}
        case ["begins", page]:
            found = "begins", {"page": page}
        case ["targets", item, "rejected"]:
            found = "rejected", {"number": _counted(item)}
        case ["recipients", item] | ["recipients", item, "name"]:
            found = "recipient", {"number": _counted(item)}
        case ["targets" | "citations" | "recipients" | "tables" as table, item, column]:
            found = table, {"number": _counted(item), "what": column}
        case ["added", table, _]:
            found = f"added_{table}", {}
        case ["tables", item, row, col]:
            found = "cell", {"table": int(item) + 1, "row": int(row) + 1, "column": int(col) + 1}
    return found
