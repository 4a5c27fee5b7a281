"""The foot of a letter: Nơi nhận on the left, power, office and name of the signer on the right."""

from __future__ import annotations

from pipeline.nouns import Zone
from scripts.make_scans.flow import LEFT, Flow
from scripts.make_scans.lines import Slot, balanced, break_lines, pieces
from scripts.make_scans.source import Head

_SPACE = 74.0
"""Height left for signature and seal."""
_STEP = 16.5
_LIST_STEP = 13.2


def set_closing(flow: Flow, head: Head) -> None:
    """The closing block, kept together on one sheet."""
    left = (LEFT, LEFT + flow.width * 0.46)
    right = (LEFT + flow.width * 0.44, LEFT + flow.width + 6)
    height = 20 + _STEP * (len(head.closing) + 1.5) + _SPACE
    if flow.room < max(height, 30 + _LIST_STEP * (len(head.copies) + 2)):
        flow.turn()
    top = flow.y + 20
    ends = [_copies(flow, head, left, top) if head.copies else top]
    if head.co_signer:
        ends.append(_signature(flow, (*head.co_signer,), left, top, Zone.CLOSING_LEFT, ("co_signer", "co_signer")))
    lines = (*head.closing, head.signer_line or head.signer)
    ends.append(_signature(flow, lines, right, top, Zone.CLOSING_RIGHT, ("signer_title", "signer")))
    flow.y = max(ends)


def _copies(flow: Flow, head: Head, column: tuple[float, float], y: float) -> float:
    zone = Zone.CLOSING_LEFT
    flow.put(pieces("Nơi nhận:", flow.face(bold=True, italic=True), 12), Slot(*column, y, 0, zone))
    for i, name in enumerate(head.copies):
        end = "." if i == len(head.copies) - 1 else ";"
        for line in break_lines(pieces(f"- {name}{end}", flow.face(), 11, "copy"), column[1] - column[0]):
            y += _LIST_STEP
            flow.put(line, Slot(*column, y, 0, zone))
    return y


def _signature(  # noqa: PLR0913, PLR0917 - a block of the page: what, where, and what of the gold it is
    flow: Flow, lines: tuple[str, ...], column: tuple[float, float], y: float, zone: Zone, tags: tuple[str, str]
) -> float:
    bold = flow.face(bold=True)
    *titles, name = lines
    for title in titles:
        for line in balanced(pieces(title, bold, 13, tags[0]), column[1] - column[0]):
            flow.put(line, Slot(*column, y, 0, zone, "centre"))
            y += _STEP
    if zone is Zone.CLOSING_RIGHT:
        flow.signed_at = (sum(column) / 2, y + _SPACE / 2 - 8)
    y += _SPACE
    flow.put(pieces(name, bold, 13.5, tags[1]), Slot(*column, y, 0, zone, "centre"))
    return y
