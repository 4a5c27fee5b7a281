"""What was decided on, in words: `targets.3.value` is the value of the fourth figure."""

from __future__ import annotations

from pipeline.store import LETTERHEAD
from pipeline.web.language import Say


def named(field: str, say: Say) -> str:
    """The words for a field of `corrections`; counted from 1, as people count. What has no words stays as it is."""
    if field in LETTERHEAD:
        return say(f"fields.{field}")
    match field.split("."):
        case ["letter"]:
            return say("log.is_a_letter")
        case ["begins", page]:
            return say("log.begins", page=page)
        case ["targets", item, "rejected"]:
            return say("log.rejected", number=int(item) + 1)
        case ["targets", item, column]:
            return say("log.figure", number=int(item) + 1, what=say(f"fields.{column}"))
        case ["recipients", item]:
            return say("log.recipient", number=int(item) + 1)
        case ["tables", item, row, col]:
            return say("log.cell", table=int(item) + 1, row=int(row) + 1, column=int(col) + 1)
    return field
