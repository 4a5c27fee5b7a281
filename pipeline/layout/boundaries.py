"""Where letters begin because a person says so: a letter of a file is parted in two, or two are joined."""

from __future__ import annotations

from pipeline.nouns import PageText

Pages = tuple[PageText, ...]
"""The pages of one letter, in reading order."""


def with_boundary(letters: tuple[Pages, ...], page: int, *, begins: bool) -> tuple[Pages, ...]:
    """The letters of a file when one begins on that page, or when none does; every page stays in exactly one letter.

    What is so already stays as it is, and so does everything where that cannot be: no such page, or nothing before it.

    Args:
        letters: the letters, in any order.
        page: number of a page in the file.
        begins: whether a letter begins there, or goes on.
    """
    place = {own.number: (i, at) for i, letter in enumerate(letters) for at, own in enumerate(letter)}
    if page not in place:
        return letters
    which, at = place[page]
    if begins:
        parted = (letters[which][:at], letters[which][at:])
        return letters if at == 0 else (*letters[:which], *parted, *letters[which + 1 :])
    before = max((n for n in place if n < min(own.number for own in letters[which])), default=None)
    if at > 0 or before is None:
        return letters
    joined = place[before][0]
    merged = [letter + letters[which] if i == joined else letter for i, letter in enumerate(letters)]
    return tuple(letter for i, letter in enumerate(merged) if i != which)
