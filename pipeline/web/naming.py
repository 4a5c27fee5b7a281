"""What was decided on, in words: `targets.3.value` is the value of the fourth figure."""

from __future__ import annotations

from functools import lru_cache

from pipeline.doctypes import load
from pipeline.store.decidable import FIELDS
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


def _words(parts: list[str]) -> tuple[str, dict[str, object]] | None:
    """The key of the words, and what is put into them."""
    match parts:
        case ["letter"]:
            return "is_a_letter", {}
        case ["begins", page]:
            return "begins", {"page": page}
        case ["targets", item, column]:
            number: dict[str, object] = {"number": int(item) + 1}
            return ("rejected", number) if column == "rejected" else ("figure", {**number, "what": column})
        case ["recipients", item]:
            return "recipient", {"number": int(item) + 1}
        case ["tables", item, row, col]:
            return "cell", {"table": int(item) + 1, "row": int(row) + 1, "column": int(col) + 1}
    return None
