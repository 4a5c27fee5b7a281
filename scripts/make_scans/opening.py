"""The top of page 1: two header columns, number and date, subject or title, Kính gửi, stamps of urgency and secrecy."""

from __future__ import annotations

import re

from pipeline.nouns import Zone
from scripts.make_scans.flow import LEFT, RIGHT, TOP, Flow
from scripts.make_scans.lines import Piece, Slot, balanced, break_lines, measure, pieces
from scripts.make_scans.sheet import A4, Rule
from scripts.make_scans.source import Head

_LEFT_COLUMN = (LEFT - 22, LEFT + 188)
_RIGHT_COLUMN = (LEFT + 190, A4[0] - RIGHT + 14)
_STEP = 16.0


def set_opening(flow: Flow, head: Head) -> None:
    """All that stands above the body."""
    left = _issuer(flow, head)
    right = _motto(flow, head)
    baseline = max(left, right, TOP + 2.2 * _STEP) + _STEP
    below = _number(flow, head, baseline)
    below = _stamps(flow, head, below)
    _date(flow, head, baseline)
    flow.y = max(below, baseline) + 14
    if head.doc_type != "Công văn":
        _title(flow, head)
    _addressees(flow, head)
    if head.footer:
        _footer(flow, head)


def _column(flow: Flow, lines: list[list[Piece]], column: tuple[float, float], y: float, zone: Zone) -> float:
    for line in lines:
        flow.put(line, Slot(*column, y, 0, zone, "centre"))
        y += _STEP
    return y - _STEP


def _printed(given: tuple[str, ...], text: str, words: list[Piece], width: float) -> list[list[Piece]]:
    """The lines as given by the author, or the words balanced over as many lines as they need."""
    if not given:
        return balanced(words, width) if text else []
    model = words[0]
    return [pieces(line, model.face, model.size, *model.tags) for line in given]


def _issuer(flow: Flow, head: Head) -> float:
    width = _LEFT_COLUMN[1] - _LEFT_COLUMN[0]
    size = 12.5 if flow.narrow else 11.5
    parent = pieces(head.parent_issuer.upper(), flow.face(), size, "parent_issuer")
    issuer = pieces(head.issuer.upper(), flow.face(bold=True), size, "issuer")
    lines = _printed(head.parent_lines, head.parent_issuer, parent, width)
    own = _printed(head.issuer_lines, head.issuer, issuer, width)
    y = _column(flow, lines + own, _LEFT_COLUMN, TOP, Zone.HEADER_LEFT)
    return _under(
        flow, _LEFT_COLUMN, y, measure(own[-1]) * 0.42, head.ornament or ("*" if head.style == "party" else "")
    )


def _under(flow: Flow, column: tuple[float, float], y: float, length: float, ornament: str) -> float:
    """The rule under a header column, or the ornament of Party and older letters in its place."""
    if ornament:
        zone = Zone.HEADER_LEFT if column == _LEFT_COLUMN else Zone.HEADER_RIGHT
        flow.put(pieces(ornament, flow.face(), 12.5), Slot(*column, y + 13, 0, zone, "centre"))
        return y + 13
    middle = sum(column) / 2
    flow.rules.append(Rule(middle - length / 2, y + 5, middle + length / 2, y + 5))
    return y + 5


def _motto(flow: Flow, head: Head) -> float:
    small = not flow.narrow
    if head.style == "party":
        line = pieces(head.motto or "ĐẢNG CỘNG SẢN VIỆT NAM", flow.face(bold=True), 13.5 if small else 15)
        y = _column(flow, [line], _RIGHT_COLUMN, TOP, Zone.HEADER_RIGHT)
        return _under(flow, _RIGHT_COLUMN, y, measure(line), "")
    country = pieces("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", flow.face(bold=True), 11 if small else 12.5)
    motto = pieces("Độc lập - Tự do - Hạnh phúc", flow.face(bold=True), 12 if small else 13.5)
    y = _column(flow, [country, motto], _RIGHT_COLUMN, TOP, Zone.HEADER_RIGHT)
    return _under(flow, _RIGHT_COLUMN, y, measure(motto), head.ornament)


def number_words(flow: Flow, head: Head) -> list[Piece]:
    """The number line; its ordinal apart when that is written by hand."""
    lead = "Số" if head.style == "party" else "Số:"
    printed = head.number_line or f"{lead} {head.number}"
    words = pieces(printed, flow.face(), 13, "number")
    if "number" not in flow.hand:
        return words
    found = re.search(r"\d+", printed)
    if found is None:
        return words
    before, after = printed[: found.start()], printed[found.end() :]
    face = flow.face()
    written = Piece(found.group(), face, 13, ("number",), by_hand=True)
    rest = pieces(after, face, 13, "number")
    return [*pieces(before, face, 13, "number"), written, *(Piece(p.text, face, 13, p.tags, glued=True) for p in rest)]


def _number(flow: Flow, head: Head, baseline: float) -> float:
    zone = Zone.HEADER_LEFT
    flow.put(number_words(flow, head), Slot(*_LEFT_COLUMN, baseline, 0, zone, "centre"))
    if head.doc_type != "Công văn" or not head.subject:
        return baseline
    words = pieces(head.subject, flow.face(), 12, "subject")
    lines = _printed(head.subject_lines, head.subject, words, _LEFT_COLUMN[1] - _LEFT_COLUMN[0] - 8)
    return _column(flow, lines, _LEFT_COLUMN, baseline + _STEP + 1, zone)


def _stamps(flow: Flow, head: Head, y: float) -> float:
    for text in filter(None, (head.secrecy, head.urgency)):
        word = [
            Piece(p.text, p.face, 13, p.tags, colour="red") for p in pieces(text, flow.face(bold=True), 13, "stamp")
        ]
        half, middle, baseline = measure(word) / 2 + 7, sum(_LEFT_COLUMN) / 2 - 20, y + 26
        flow.put(word, Slot(middle - half + 7, middle + half, baseline, 0, Zone.MARK))
        corners = [(middle - half, baseline - 14), (middle + half, baseline + 5)]
        flow.rules += _frame(*corners)
        y += 28
    return y


def _frame(top_left: tuple[float, float], bottom_right: tuple[float, float]) -> list[Rule]:
    (x0, y0), (x1, y1) = top_left, bottom_right
    sides = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return [Rule(*side, width=1.2, colour="red") for side in sides]


def _date(flow: Flow, head: Head, baseline: float) -> None:
    day, month = f"{head.date.day:02d}", f"{head.date.month:02d}" if head.date.month < 3 else str(head.date.month)
    printed = head.date_line or f"{head.place}, ngày {day} tháng {month} năm {head.date.year}"
    words = pieces(printed, flow.face(italic=True), 13, "date")
    after = {"day": "ngày", "month": "tháng"}
    for i in range(1, len(words)):
        if any(words[i - 1].text == after[part] for part in flow.hand & after.keys()):
            words[i] = Piece(words[i].text, words[i].face, 13, ("date",), by_hand=True)
    flow.put(words, Slot(*_RIGHT_COLUMN, baseline, 0, Zone.HEADER_RIGHT, "centre"))


def _title(flow: Flow, head: Head) -> None:
    column = (LEFT, LEFT + flow.width)
    bold = flow.face(bold=True)
    flow.y += 12
    kind = pieces(head.title_line or head.doc_type.upper(), bold, 14.5, "doc_type")
    flow.put(kind, Slot(*column, flow.y, 0, Zone.BODY, "centre"))
    lines: list[list[Piece]] = []
    if head.subject:
        words = pieces(head.subject, bold, 13.5, "subject")
        lines = _printed(head.subject_lines, head.subject, words, flow.width - 60)
    for line in lines:
        flow.y += 17
        flow.put(line, Slot(*column, flow.y, 0, Zone.BODY, "centre"))
    middle = sum(column) / 2
    if lines and head.style != "party":
        flow.rules.append(Rule(middle - 50, flow.y + 6, middle + 50, flow.y + 6))
    elif lines:
        flow.put(pieces("-----", flow.face(), 13), Slot(*column, flow.y + 13, 0, Zone.BODY, "centre"))
        flow.y += 8
    flow.y += 14


def _addressees(flow: Flow, head: Head) -> None:
    if not head.to:
        return
    flow.y += 8
    face = flow.face()
    lead = pieces("Kính gửi:", face, flow.size)
    if len(head.to) == 1:
        words = [*lead, *pieces(f"{head.to[0]}.", face, flow.size, "to")]
        for line in break_lines(words, flow.width - 90):
            flow.y += flow.leading
            flow.put(line, Slot(LEFT + 55, LEFT + flow.width, flow.y, 0, Zone.BODY))
    else:
        flow.y += flow.leading
        flow.put(lead, Slot(LEFT + 70, LEFT + flow.width, flow.y, 0, Zone.BODY))
        for i, name in enumerate(head.to):
            end = "." if i == len(head.to) - 1 else ";"
            for line in break_lines(pieces(f"- {name}{end}", face, flow.size, "to"), flow.width - 135):
                flow.y += flow.leading
                flow.put(line, Slot(LEFT + 130, LEFT + flow.width, flow.y, 0, Zone.BODY))
    flow.y += 9


def _footer(flow: Flow, head: Head) -> None:
    y = A4[1] - 34
    flow.rules.append(Rule(LEFT, y - 13, LEFT + flow.width, y - 13, 0.5))
    words = pieces(head.footer, flow.face(), 9.5, "footer")
    flow.put(words, Slot(LEFT, LEFT + flow.width, y, 0, Zone.BODY, "centre"))
