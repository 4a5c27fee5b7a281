"""A clause cut up between its figures: which words stand before each and tell what is counted, which after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.figures.figures import Figure
from pipeline.extract.figures.indicator_words import indicator_words
from pipeline.extract.figures.periods import find_periods

_MOST_BEFORE = 20
_MOST_AFTER = 24
_VERB_WORDS = 4
_FRAMED = 2
"""Words after a figure at most that leave its meaning to what stands before the colon."""
_MOST_FRAME = 10
"""Words before a colon that are taken as they stand."""
_ITEM_WORDS = 4
"""Words of a noun of a list at most, without what is said of it."""
_ITEM_END = re.compile(
    r",\s?|\s(?=(?:và|hoặc|của|cho|tại|đến|với|ở|trên|trong|khi|để|cùng|được|có|sử dụng|thuộc|từ|do)\s)"
)
_LIST_COMMA = re.compile(r",\s|\s\(|:\s")
_NEW_PART = re.compile(r",\s(?:và\s)?|\s\(|:\s|\s(?:và|đồng thời|rồi|để)\s")
BLANKED = "¤"
"""Stands for what the caller has blanked: conditions and citations."""
_BLANK = re.compile(rf"\s?{BLANKED}+\s?")
_TAIL_END = re.compile(rf"[:;()]|/|{BLANKED}\s?,")
"""Behind a citation and a comma its title goes on: `tại Quyết định … quy định quản lý đường đô thị, đường huyện`."""
_CITED = re.compile(r"(?<!\w)(?:theo|tại|của|trong|căn cứ|bằng)?\s?¤+")
_TURN = re.compile(
    r"(?:^|,\s)(?:trong khi|nhưng|song|tuy nhiên|mặc dù|(?:về|riêng về|khi|nếu|do|cuối|đầu|giữa)\s[^,\d]{2,40},)\s",
    re.IGNORECASE,
)
"""Where a clause turns to something else: `tài liệu có đủ, nhưng …`, `Về xã hội, …`."""
_STRETCH = re.compile(
    r"(?:trong\s|sau\s|qua\s)?\d+\s(?:năm|tháng|quý|tuần|ngày)(?:\s(?:qua|đầu năm|cuối năm))?,\s", re.IGNORECASE
)
_NOW = re.compile(
    r"(?<!\w)(?:(?<=bình quân )\d{1,2}\snăm|trong (?:năm|quý|tháng|kỳ)|cả năm|(?:học )?kỳ (?:i{1,2}|[12]))(?!\w)",
    re.IGNORECASE,
)
"""Stretches of time without a date, which are no part of what is counted."""
_ASIDE = re.compile(r"\s\([^()]*\)")
_SHORT_FORM = re.compile(r"\s?\([^\W\d_]*[A-ZĐ][\w&-]*\)")
_TENSE = re.compile(r"(?<!\w)(?:đã|sẽ|thì|cần phải|có trách nhiệm|phải(?! thu| trả| nộp| có| đạt))\s")
_DANGLING = re.compile(
    r"(?:^|\s)(?:và|với|là|cho|của|tại|để|trong|trên|được|từ|có|thì|đạt|theo|ở|mà|nhằm|vào|trước|đối với|đối|xuống|lên"
    r"|còn)$"
)
_OWN_PREDICATE = re.compile(r"^\S+\s(?:\S+\s)+(?:đạt|là|còn|ước đạt|ước)$")
"""A subject with its verb: `mức độ hài lòng đạt`."""
_MOVES = re.compile(r"(?<=\w)\s(?:đã\s)?(?:giảm|tăng)$")
_UP_OR_DOWN = re.compile(r"\s(?:xuống|lên)(?:\scòn|\sđến|\stới)?$")
_AT_A_RATE = re.compile(r"(?<=\w),?\s(?:với|đạt)\s(?:một\s)?t[ỷỉ] lệ(?:\slà)?\s*$", re.IGNORECASE)
"""`người dân hài lòng, với tỷ lệ`: the rate of what was said."""
_SHOWN = re.compile(r"^.*?(?<!\w)cho thấy(?:,?\s|$)", re.IGNORECASE)
"""`Kết quả khảo sát cho thấy`: what follows is told, not that it was seen."""
_QUOTED = re.compile(r"“[^”]{1,80}”|\"[^\"]{1,80}\"")
_TIMES = frozenset({"năm", "tháng", "tuần", "ngày", "giờ", "phút"})
_WORKING = re.compile(r"^\s?(?:làm[ ʘ]việc|lịch)(?!\w)")
"""`03 ngày làm việc`: of the unit."""
_PER_TIME = re.compile(r"^\s?một\s(?:năm|quý|tháng|tuần|ngày)(?!\s(?:học|làm|qua|nay)|\w)")
"""`02 buổi một tháng`: the time that the rate is per."""
_JOINED_ON = re.compile(r"\s?(?:và|cùng)\s(?:\w+\s)*(?:một|hai|ba|\d)")
"""`thưởng 3 triệu đồng và trồng một cây`: more of another thing."""
_FROM_HOUR = re.compile(r"\s(?:từ|lúc|vào)\s\d")
_LINKED = re.compile(r"(?:từ|của|cho|tại|trong|bằng|theo)\s")
_UPWARD = re.compile(r"(?<!\w)(?:trở lên|trở xuống|trở lại)(?!\w)\s?")
"""Of the comparator: `75% trường trở lên đạt chuẩn`."""
_COMMA = "¬"
"""Stands for the comma of a compound."""
_SPACE = "ʘ"
"""Stands for the space in words that are no two words here: the `ước` of `thỏa ước` leads over to no number."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of one figure: `lead` as printed before it, `before` and `after` trimmed to what it counts."""

    lead: str
    before: str
    after: str
    predicate: str
    frame: str = ""
    """What a colon before it leads: `Mức học bổng: loại giỏi`."""
    joint: str = ""
    """The preposition that joins it to the figure before."""
    part: bool = False
    """Whether it begins the parts of what was told before: `trong đó`."""


def masked(text: str) -> str:
    """The text, as long as before, with what would mislead out of the way.

    Commas in compounds and brackets of short forms get other signs; asides without a number are blanked.
    """
    for found in _QUOTED.finditer(text):
        text = text[: found.start()] + found.group().replace(",", _COMMA) + text[found.end() :]
    for found in indicator_words().compound.finditer(text):
        text = text[: found.start()] + found.group().replace(",", _COMMA) + text[found.end() :]
    text = indicator_words().fixed.sub(lambda found: found.group().replace(" ", _SPACE), text)
    for found in _SHORT_FORM.finditer(text):
        text = text[: found.start()] + found.group().replace("(", "⟨").replace(")", "⟩") + text[found.end() :]
    for found in _ASIDE.finditer(text):
        if not re.search(r"\d", found.group()):
            text = text[: found.start()] + "¤" * len(found.group()) + text[found.end() :]
    return text


def unmasked(words: str) -> str:
    """Words of a masked text as they were printed."""
    words = words.replace(_COMMA, ",").replace("⟨", "(").replace("⟩", ")").replace(_SPACE, " ")
    return words.replace(" ,", ",")


def cut_up(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[Parts]:
    """The parts of a clause of a masked text, one for each figure, in their order."""
    parts: list[Parts] = []
    at = start
    for i, figure in enumerate(figures):
        following = figures[i + 1] if i + 1 < len(figures) else None
        after_end = _split(text, figure, following, end)
        after = re.sub(rf"^{_SPACE}", " ", text[figure.end : after_end])
        part = _parts(text[at : figure.start], after, figure, first=not i)
        parts.append(_from_to(part, text[figure.start : after_end], figure))
        at = after_end
    return parts


def _from_to(part: Parts, text: str, figure: Figure) -> Parts:
    """The first of two figures between which something moves: `tỷ lệ nợ giảm từ 4% xuống 3%` tells two tỷ lệ nợ."""
    if not text.lower().startswith("từ ") or not _UP_OR_DOWN.search(text[figure.end - figure.start :]):
        return part
    return replace(part, before=_MOVES.sub("", part.before))


def _split(text: str, figure: Figure, following: Figure | None, end: int) -> int:
    """Where the words after a figure end and those before the next one begin."""
    if following is None:
        return end
    gap = text[figure.end : following.start]
    parallel = following.unit.name == figure.unit.name and gap.count(",") == 1
    for comma in _LIST_COMMA.finditer(gap):
        rest = gap[comma.end() :].strip()
        if parallel or not rest or not gap[: comma.start()].strip() or _begins_part(rest) or "," not in comma.group():
            return figure.end + comma.start()
    last = gap.rfind(", ")
    rest = gap[last + 2 :].strip() if last > 0 else ""
    if rest and (not _DANGLING.search(rest) or _OWN_PREDICATE.search(rest)):
        return figure.end + last
    joins = [found for found in indicator_words().joins.finditer(gap) if not _belongs_before(gap, found, figure)]
    return figure.end + (joins[-1].start() if joins else len(gap))


def _belongs_before(gap: str, join: re.Match[str], figure: Figure) -> bool:
    """Whether the verb that stands here is what a share of the counted does: `80% hộ có …`."""
    verb = re.match(r"(?:có|đạt|được)\s\S", gap[join.end() :])
    return figure.unit.name == "%" and bool(verb) and bool(gap[: join.start()].strip())


def _begins_part(text: str) -> bool:
    """Whether a new part of the clause begins here, rather than one more noun of a list."""
    words = indicator_words()
    return any(p.match(text) for p in (words.begins, words.auxiliary, words.opener, words.ends, words.each))


def _parts(before: str, after: str, figure: Figure, *, first: bool) -> Parts:
    words = indicator_words()
    lead = _without_periods(before)
    tail = _tail(_without_periods(after))
    predicate = words.predicate.search(tail)
    bare = lead.strip(" ,:()-–")
    part = words.part.match(bare)
    joint = None if first else words.joints.match(bare)
    own = bare[part.end() :] if part else bare[joint.end() :] if joint else lead
    own = _SHOWN.sub("", _AT_A_RATE.sub("", own))
    frame, own = _framed(own, "" if figure.unit.name in _TIMES else tail)
    return Parts(
        lead=bare,
        before=_head(own),
        after=tail,
        predicate=tail[predicate.end() :] if predicate else "",
        frame=frame,
        joint=joint["joint"] if joint else "",
        part=bool(part),
    )


def _framed(lead: str, tail: str) -> tuple[str, str]:
    """What a colon before the figure leads, where the words behind it do not stand alone, and those words."""
    left, colon, right = lead.rpartition(":")
    if not colon:
        return "", lead
    own = right.strip(" ,()-–.")
    deed = _head(left)
    if not own and indicator_words().only_verbs.fullmatch(deed) and len(tail.split()) > _FRAMED:
        return "", deed
    if not own and not is_generic(left.strip()) and (len(tail.split()) <= _FRAMED or _LINKED.match(tail)):
        return "", _stripped(left) if len(left.split()) <= _MOST_FRAME else deed
    if not own or indicator_words().verbs.search(own) or len(tail.split()) > 1 or is_generic(left.strip()):
        return "", right
    return _head(left), right


def is_generic(heading: str) -> bool:
    """Whether a heading names no matter: `Nội dung`, `Thời gian`."""
    return bool(indicator_words().generic.fullmatch(unmasked(heading).strip()))


def _without_periods(text: str) -> str:
    """The text without the stretches of time it names; a year is given so that yearless ones are seen."""
    for period in reversed(find_periods(text, 2000)):
        if period.first or period.last or not is_rate(text[: period.at]):
            head, rest = text[: period.at].rstrip(" ,"), text[period.end :].lstrip(" ,")
            parted = head and rest and "," in text[len(head) : period.at] + text[period.end : len(text) - len(rest)]
            text = f"{head}{', ' if parted else ' ' if head else ''}{rest}"
    return re.sub(r"\s+", " ", _NOW.sub("", text))


def is_rate(before: str) -> bool:
    """Whether `mỗi tháng` after these words is what a rate is per: `mức học bổng mỗi tháng`."""
    return bool(re.search(r"(?<!\w)(?:mức|tiền|lương|thu nhập|giá|phí)(?:\s\w+){0,4}\s?$", before, re.IGNORECASE))


def _head(text: str) -> str:
    """What stands before the figure, from the last part that begins with a verb or a counted thing."""
    words = indicator_words()
    listed = text.rstrip().endswith(",")
    text = _BLANK.sub(" ", _CITED.sub("¤", text)).strip(" ,:;()-–.")
    text = _without_subject(_TURN.split(_STRETCH.sub("", text))[-1])
    starts = [0, *(m.end() for m in _NEW_PART.finditer(text))]
    deed = next((at for at in reversed(starts[1:]) if _new_deed(text, at, starts)), None)
    if deed is None and len(text[: starts[-1]].split()) > _MOST_BEFORE:
        text = _opening(text) if words.verb.match(text) else text[starts[-1] :]
    text = text[deed or 0 :]
    if listed and (verb := words.verb.match(text)) and "," not in text and not words.only_verbs.fullmatch(text):
        text = verb.group()
    counted = list(words.everywhere.finditer(text))
    if counted and counted[-1].end() < len(text):
        text = text[counted[-1].end() :]
    text = _stripped(text)
    return " ".join(text.split()[-_MOST_BEFORE:])


def _opening(text: str) -> str:
    """What a long clause says at its beginning, where its verb is, up to the circumstances: `tặng quà cho hộ nghèo`."""
    end = indicator_words().ends.search(text)
    return " ".join((text[: end.start()] if end else text).split()[:_MOST_BEFORE]).rstrip(" ,")


def _without_subject(text: str) -> str:
    """The text from its verb on, where a word tells the tense or with whom the work is done: `đã`, `phối hợp với`.

    What something has done to itself keeps its subject: `dịch đã tái phát`.
    """
    words = indicator_words()
    text = words.together.sub("", text)
    pieces = _TENSE.split(text)
    if len(pieces) > 1 and words.happening.match(pieces[-1]):
        return f"{pieces[-2].strip()} {pieces[-1]}"
    return pieces[-1]


def _new_deed(text: str, at: int, starts: Sequence[int]) -> bool:
    """Whether a part of its own begins after this comma, and no verb that shares its object with those before.

    `kiểm tra, xử lý 22 trọng điểm` is one part.
    """
    words = indicator_words()
    if not words.verb.match(text, at):
        each = words.each.match(text, at)
        return bool(words.begins.match(text, at) or (each and words.verbs.search(text, each.end())))
    before = text[max(s for s in starts if s < at) : at].strip(" ,(:")
    return not (words.only_verbs.fullmatch(before) or words.ends_in_verb.search(before))


def _stripped(text: str) -> str:
    """Without the openers in front and the words that only lead over to the number behind."""
    words = indicator_words()
    while True:
        shorter = text.strip(" ,:()-–")
        opener, verb = words.opener.match(shorter), words.verb.match(shorter)
        lead = words.auxiliary.match(shorter)
        if lead:
            shorter = shorter[lead.end() :]
        elif opener and (verb is None or opener.end() > verb.end()):
            shorter = shorter[opener.end() :]
        closer = words.closer.search(shorter)
        if closer and not (words.kept.search(shorter) and words.verb.match(shorter)):
            shorter = shorter[: closer.start()]
        if shorter == text:
            return text
        text = shorter


def _tail(text: str) -> str:
    """What is said of the counted thing after it."""
    words = indicator_words()
    text = _BLANK.sub(" ", _TAIL_END.split(_CITED.sub("¤", text), maxsplit=1)[0])
    text = _UPWARD.sub("", _PER_TIME.sub("", _WORKING.sub("", text)), count=1)
    if _JOINED_ON.match(text):
        return ""
    text = _FROM_HOUR.split(text, maxsplit=1)[0]
    compared = words.compared.match(text)
    if compared:
        return compared.group().strip()
    if text.strip().startswith("so với"):
        return text.split(",")[0].strip()
    for comma in re.finditer(r",\s?", text):
        rest = text[comma.end() :]
        if not _goes_on(text[: comma.start()], rest):
            text = text[: comma.start()]
            break
    end = words.ends.search(text)
    if end:
        text = text[: end.start()]
    return _DANGLING.sub("", " ".join(text.split()[:_MOST_AFTER])).rstrip(" .,").lstrip(" .")


def _goes_on(before: str, rest: str) -> bool:
    """Whether what is said of a thing goes on after a comma: with one more noun of a list, or one more purpose.

    `cho công tác phát triển, thành lập` goes on; `học sinh dự thi, đông nhất từ trước đến nay` does not.
    """
    words = indicator_words()
    if words.ends_in_verb.search(before) and (words.only_verbs.fullmatch(rest) or words.verb.match(rest)):
        return True
    if _begins_part(rest):
        purpose = re.search(r"(?<!\w)(?:cho|để|nhằm|công tác|về)\s", before)
        return len(rest.split()) <= _VERB_WORDS and purpose is not None
    item = _ITEM_END.split(rest, maxsplit=1)[0]
    return 0 < len(item.split()) <= _ITEM_WORDS and indicator_words().aside.match(rest) is None
