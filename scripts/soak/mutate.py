"""Files broken at random: bytes changed, cut out, doubled, cut off; numbers made absurd; two files grown together."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_ABSURD = (b"0", b"-1", b"65536", b"2147483648", b"99999999999")
_LONGEST_HEADER = 20_000
_EDGE = 1024  # bytes at both ends, where the tables are from which a file is understood

Break = Callable[[bytearray, random.Random], bytearray]


def broken(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to twelve injuries; never empty."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        (injure,) = chance.choices(_KINDS, weights=_OFTEN)
        out = injure(out, chance) or bytearray(b"%")
    return bytes(out)


def _change(out: bytearray, chance: random.Random) -> bytearray:
    out[chance.randrange(len(out))] = chance.randrange(256)
    return out


def _change_edge(out: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(min(len(out), _EDGE))
    out[at if chance.random() < 0.5 else -1 - at] = chance.randrange(256)
    return out


def _leave_out(out: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(out))
    del out[at : at + chance.randint(1, 40)]
    return out


def _put_in(out: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(out))
    out[at:at] = chance.randbytes(chance.randint(1, 20))
    return out


def _double(out: bytearray, chance: random.Random) -> bytearray:
    at, start = chance.randrange(len(out)), chance.randrange(len(out))
    out[at:at] = out[start : start + chance.randint(1, 200)]
    return out


def _make_absurd(out: bytearray, chance: random.Random) -> bytearray:
    numbers = list(re.finditer(rb"\d+", bytes(out[:_LONGEST_HEADER])))
    if numbers:
        number = chance.choice(numbers)
        out[number.start() : number.end()] = chance.choice(_ABSURD)
    return out


def _cut_off(out: bytearray, chance: random.Random) -> bytearray:
    return out[: chance.randrange(len(out))]


_WEIGHTED: dict[Break, int] = {
    _change: 40,
    _change_edge: 15,
    _leave_out: 15,
    _put_in: 12,
    _double: 8,
    _make_absurd: 7,
    _cut_off: 3,
}
_KINDS, _OFTEN = tuple(_WEIGHTED), tuple(_WEIGHTED.values())
