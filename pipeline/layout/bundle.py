"""The letters of one file: where each begins, which pages are its own, and in which order they are read."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.layout.letterhead import has_header, opens_letter
from pipeline.nouns import PageText, Zone

_DIGITS = re.compile(r"\d+")
_BEFORE_HEAD = 2
"""Pages that may lie before the letterhead of the first letter: a cover, a routing slip, a page out of order."""

Sheet = tuple[PageText, ...]
"""A page that says something, with the blank pages behind it and the other scans of it."""


def part_letters(pages: tuple[PageText, ...]) -> tuple[tuple[PageText, ...], ...]:
    """The pages of each letter, in reading order; every page is in exactly one letter.

    A letter begins with a letterhead that is filled in and that is no other scan of an earlier page. Pages are put in
    order only where their printed numbers leave no doubt; they keep the number they have in the file.

    Args:
        pages: all pages of a file, in its order, other scans of a page marked by `repeats_page`.
    """
    letters: list[list[Sheet]] = [[]]
    for sheet in _sheets(pages):
        if opens_letter(sheet[0]) and _is_begun(letters[-1]):
            letters.append([])
        letters[-1].append(sheet)
    for before, after in pairwise(letters):
        if _ends_with_page_of(before, after):
            after.insert(0, before.pop())
    return tuple(tuple(page for sheet in _in_order(letter) for page in sheet) for letter in letters)


def printed_number(page: PageText) -> int | None:
    """The page number that is printed on the page; None when there is none, or more than one."""
    found = (_DIGITS.search(line.text) for line in page.lines if line.zone is Zone.PAGE_NUMBER)
    numbers = {int(match[0]) for match in found if match}
    return numbers.pop() if len(numbers) == 1 else None


def _sheets(pages: tuple[PageText, ...]) -> list[Sheet]:
    """The pages of the file, each with what goes where it goes: blank pages behind it, other scans of it."""
    at: dict[int, int] = {}
    sheets: list[Sheet] = []
    last = 0
    for page in pages:
        if page.repeats_page in at:
            last = at[page.repeats_page]
        elif not sheets or not page.blank:
            last = len(sheets)
            sheets.append(())
        sheets[last] = (*sheets[last], page)
        at[page.number] = last
    return sheets


def _is_begun(letter: list[Sheet]) -> bool:
    """Whether these pages are a letter already, so that a letterhead opens another one."""
    if len(letter) > _BEFORE_HEAD or any(has_header(sheet[0]) for sheet in letter):
        return True
    return any(_closes(sheet) and printed_number(sheet[0]) is None for sheet in letter)


def _closes(sheet: Sheet) -> bool:
    return any(line.zone.in_closing for line in sheet[0].lines)


def _ends_with_page_of(before: list[Sheet], after: list[Sheet]) -> bool:
    """Whether the last page before a letterhead belongs behind it: two pages that went through the scanner swapped.

    The letter before must be whole without it, and the letter after must lack it: a number in its count, or its end.
    """
    number = printed_number(before[-1][0])
    if number is None or number < 2 or len(before) < 2:
        return False
    prior = printed_number(before[-2][0])
    doubled = prior is not None and prior >= number and number in {printed_number(s[0]) for s in before[:-1]}
    whole = doubled or _closes(before[-2])
    others = {printed_number(sheet[0]) for sheet in after} - {None}
    lacks = any(n > number for n in others if n) or (_closes(before[-1]) and not any(map(_closes, after)))
    return whole and lacks and number not in others


def _in_order(letter: list[Sheet]) -> list[Sheet]:
    """The pages by their printed numbers, as far as these count without gap or doubt; annexes stay as they lie.

    The page of the letterhead is the first; it has no number, or 1.
    """
    head = next((i for i, sheet in enumerate(letter) if has_header(sheet[0])), None)
    if head is None or printed_number(letter[head][0]) not in {None, 1}:
        return letter
    numbers: list[int] = []
    counted = 0
    for i, sheet in enumerate(letter):
        number = 1 if i == head else printed_number(sheet[0])
        if number is None or number in numbers:
            break
        numbers.append(number)
        if max(numbers) == len(numbers) and i >= head:
            counted = len(numbers)
    order = sorted(range(counted), key=numbers.__getitem__)
    return [*(letter[i] for i in order), *letter[counted:]]
