"""The objects of a PDF file, read as ISO 32000-1 section 7 has them: enough to follow a page to its picture.

Poppler draws pages and repairs what is broken; this reads files that are in order and refuses all others. Values are
numbers, `bytes` for strings, `str` for names (with their slash) and keywords, lists, dictionaries, and references.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from mmap import mmap
from typing import Any, NamedTuple

_SPACE = rb"[\x00\t\n\f\r ]"
_TOKEN = re.compile(
    rb"(?:" + _SPACE + rb"|%[^\r\n]*[\r\n])*+"
    rb"(<<|>>|[\[\]]|/[^\x00\t\n\f\r ()<>\[\]{}/%]*|[+-]?(?:\d+\.?\d*|\.\d+)|\(|<[0-9A-Fa-f\s]*>|[A-Za-z'\"][\w*'\"]*)"
)
_REFERENCE = re.compile(_SPACE + rb"*(\d{1,8})" + _SPACE + rb"+(\d{1,5})" + _SPACE + rb"+R(?![A-Za-z])")
_HEAD = re.compile(_SPACE + rb"*(\d{1,8})" + _SPACE + rb"+\d{1,5}" + _SPACE + rb"+obj")
_STREAM = re.compile(_SPACE + rb"*stream(?:\r\n|\n|\r)")  # the last of them is HP's
_END = re.compile(_SPACE + rb"*endstream")
_SECTION = re.compile(_SPACE + rb"*(\d{1,8}) (\d{1,8})" + _SPACE + rb"*[\r\n]")
_START = re.compile(rb"startxref\s+(\d{1,12})\s")
_ENTRY = 20  # bytes, in a table
_TAIL = 2048
_DEEPEST = 16
_MOST_SECTIONS = 1000
_MOST_PACKED = 4  # streams of objects that are kept unpacked
MOST_BYTES = 20_000_000
"""Of one stream, unpacked; lists of objects and drawings of scans are far smaller."""

Data = bytes | mmap


class Unusual(Exception):
    """The file, or the part asked for, is broken or made in a way that is not followed here."""


class Ref(NamedTuple):
    """A reference to an object."""

    number: int
    generation: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its dictionary, and where its bytes lie in the file."""

    head: Mapping[str, Any]
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class _Section:
    """A run of object numbers and how to look one up: (kind, where, index), kinds as in a cross-reference stream."""

    first: int
    count: int
    entry: Callable[[int], tuple[int, int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class PdfObjects:
    """A file's objects by number; `trailer` names its root."""

    data: Data
    sections: tuple[_Section, ...]
    trailer: Mapping[str, Any]
    _packed: dict[int, tuple[bytes, dict[int, int]]] = field(default_factory=dict)

    def get(self, value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        """The value, or what it refers to.

        Raises:
            Unusual: there is no such object.
        """
        for _ in range(_DEEPEST):
            if not isinstance(value, Ref):
                return value
            value = self._object(value.number)
        raise Unusual("references that lead to references")

    def unpacked(self, stream: Stream) -> bytes:
        """The bytes of a stream that is not packed, or by deflate alone.

        Raises:
            Unusual: it is packed in another way.
        """
        packed = self.data[stream.offset : stream.offset + stream.length]
        names = self.get(stream.head.get("/Filter", []))
        filters = [self.get(name) for name in names] if isinstance(names, list) else [names]
        if not filters:
            return packed
        if filters != ["/FlateDecode"]:
            raise Unusual("a stream packed otherwise")
        parms = self.get(stream.head.get("/DecodeParms", {}))
        parms = self.get(parms[0]) if isinstance(parms, list) and parms else parms
        return _unpredicted(_inflated(packed), parms if isinstance(parms, dict) else {})

    def _object(self, number: int) -> Any:  # noqa: ANN401
        for section in self.sections:
            if section.first <= number < section.first + section.count:
                kind, where, index = section.entry(number - section.first)
                if kind == 1:
                    return self._at(where, number)
                if kind == 2:
                    return self._inside(where, number, index)
                break
        raise Unusual(f"object {number} is not in the file")

    def _at(self, offset: int, number: int) -> Any:  # noqa: ANN401
        head = _HEAD.match(self.data, offset)
        if head is None or int(head[1]) != number:
            raise Unusual(f"object {number} is not where the index has it")
        value, at = parsed(self.data, head.end())
        start = _STREAM.match(self.data, at) if isinstance(value, dict) else None
        if start is None:
            return value
        length = self.get(value.get("/Length"))
        if not isinstance(length, int) or not _END.match(self.data, start.end() + length):
            raise Unusual(f"the stream {number} does not end where it says")
        return Stream(value, start.end(), length)

    def _inside(self, holder: int, number: int, index: int) -> Any:  # noqa: ANN401
        """An object out of a stream of objects (7.5.7)."""
        if holder not in self._packed:
            stream = self._object(holder)
            if not isinstance(stream, Stream) or stream.head.get("/Type") != "/ObjStm":
                raise Unusual(f"{holder} is no stream of objects")
            body = self.unpacked(stream)
            first, count = self.get(stream.head.get("/First")), self.get(stream.head.get("/N"))
            pairs = [int(word) for word in body[:first].split()[: 2 * count]]
            if len(self._packed) >= _MOST_PACKED:
                self._packed.clear()
            self._packed[holder] = body, {n: first + at for n, at in zip(pairs[::2], pairs[1::2], strict=True)}
        body, offsets = self._packed[holder]
        return parsed(body, offsets[number])[0]


def open_objects(data: Data) -> PdfObjects:
    """The objects of a file.

    Raises:
        Unusual: its index is broken, or it is encrypted.
    """
    starts = _START.findall(data[-_TAIL:])
    if not starts:
        raise Unusual("the file has no index")
    sections: list[_Section] = []
    trailers: list[Mapping[str, Any]] = []
    offset, seen = int(starts[-1]), set[int]()
    while offset not in seen and len(sections) < _MOST_SECTIONS:
        seen.add(offset)
        found, trailer = _index(data, offset)
        sections += found
        trailers.append(trailer)
        if "/Encrypt" in trailer or "/XRefStm" in trailer:
            raise Unusual("an encrypted file, or one with two indices")
        if "/Prev" not in trailer:
            return PdfObjects(data, tuple(sections), trailers[0])
        offset = int(trailer["/Prev"])
    raise Unusual("an index without an end")


def _index(data: Data, offset: int) -> tuple[list[_Section], Mapping[str, Any]]:
    """One part of the index, the file's latest changes first, and its trailer."""
    if data[offset : offset + 4] != b"xref":
        return _index_stream(data, offset)
    at, sections = offset + 4, []
    while head := _SECTION.match(data, at):
        first, count = int(head[1]), int(head[2])
        sections.append(_Section(first, count, _table(data, head.end())))
        at = head.end() + count * _ENTRY
    token, at = _token(data, at)
    trailer = parsed(data, at)[0]
    if token != b"trailer" or not isinstance(trailer, dict):
        raise Unusual("an index without a trailer")
    return sections, trailer


def _table(data: Data, start: int) -> Callable[[int], tuple[int, int, int]]:
    def entry(index: int) -> tuple[int, int, int]:
        row = data[start + index * _ENTRY : start + (index + 1) * _ENTRY].split()
        if len(row) != 3 or row[2] not in {b"n", b"f"}:
            raise Unusual("a broken row in the index")
        return int(row[2] == b"n"), int(row[0]), 0

    return entry


def _index_stream(data: Data, offset: int) -> tuple[list[_Section], Mapping[str, Any]]:
    """An index kept in a stream (7.5.8)."""
    head = _HEAD.match(data, offset)
    if head is None:
        raise Unusual("there is no index where the file has it")
    bare = PdfObjects(data, (_Section(int(head[1]), 1, lambda _: (1, offset, 0)),), {})
    stream = bare.get(Ref(int(head[1]), 0))
    if not isinstance(stream, Stream) or stream.head.get("/Type") != "/XRef":
        raise Unusual("the index is something else")
    body, widths = bare.unpacked(stream), stream.head["/W"]
    runs = stream.head.get("/Index", [0, stream.head["/Size"]])
    sections, row = [], 0
    for first, count in zip(runs[::2], runs[1::2], strict=True):
        sections.append(_Section(first, count, _rows(body, widths, row)))
        row += count
    return sections, stream.head


def _rows(body: bytes, widths: Sequence[int], start: int) -> Callable[[int], tuple[int, int, int]]:
    ends = [sum(widths[: i + 1]) for i in range(3)]

    def entry(index: int) -> tuple[int, int, int]:
        row = body[(start + index) * ends[2] : (start + index + 1) * ends[2]]
        if len(row) != ends[2]:
            raise Unusual("the index is too short")
        kind, where, last = (int.from_bytes(row[end - width : end]) for end, width in zip(ends, widths, strict=True))
        return kind if widths[0] else 1, where, last

    return entry


def parsed(data: Data, at: int, depth: int = 0) -> tuple[Any, int]:
    """The value that starts at a byte, and where what follows it starts; keywords are values too.

    Raises:
        Unusual: no value starts there.
    """
    if depth > _DEEPEST:
        raise Unusual("values too deep in values")
    reference = _REFERENCE.match(data, at)
    if reference:
        return Ref(int(reference[1]), int(reference[2])), reference.end()
    token, at = _token(data, at)
    if token == b"(":
        return _string(data, at)
    if token in {b"<<", b"["}:
        end = {b"<<": ">>", b"[": "]"}[token]
        values: list[Any] = []
        while True:
            value, at = parsed(data, at, depth + 1)
            if isinstance(value, str) and value == end:
                return (values if end == "]" else _dictionary(values)), at
            values.append(value)
    return _simple(token), at


def tokens(data: bytes) -> Iterator[Any]:
    """The values and keywords of a drawing, one after the other.

    Raises:
        Unusual: something in it is neither.
    """
    at, end = 0, len(data.rstrip(b"\x00\t\n\f\r "))
    while at < end:
        value, at = parsed(data, at)
        yield value


def _token(data: Data, at: int) -> tuple[bytes, int]:
    found = _TOKEN.match(data, at)
    if found is None:
        raise Unusual("something that is no value")
    return found[1], found.end()


def _simple(token: bytes) -> Any:  # noqa: ANN401
    if token[:1] == b"<" and token != b"<<":
        return token
    if token[:1] in b"+-.0123456789":
        return float(token) if b"." in token else int(token)
    return token.decode("latin-1")


def _string(data: Data, at: int) -> tuple[bytes, int]:
    """A string in brackets, as it is written; `at` is behind the first of them."""
    start, depth = at, 1
    for found in re.compile(rb"\\.|[()]", re.DOTALL).finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return data[start : found.start()], found.end()
    raise Unusual("a string without an end")


def _dictionary(values: Sequence[Any]) -> dict[str, Any]:
    if len(values) % 2 or not all(isinstance(key, str) and key.startswith("/") for key in values[::2]):
        raise Unusual("a dictionary without a key")
    return dict(zip(values[::2], values[1::2], strict=True))


def _inflated(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    body = unpacker.decompress(packed, MOST_BYTES)
    if unpacker.unconsumed_tail:
        raise Unusual("a stream too large")
    return body


def _unpredicted(body: bytes, parms: Mapping[str, Any]) -> bytes:
    """Rows of which each tells only how it differs from the one above (PNG's filter 2), put together again."""
    if parms.get("/Predictor", 1) == 1:
        return body
    width = parms.get("/Columns", 1) + 1
    if parms["/Predictor"] < 10 or parms.get("/Colors", 1) != 1 or parms.get("/BitsPerComponent", 8) != 8:
        raise Unusual("a predictor that is not followed")
    above, rows = bytes(width - 1), []
    for at in range(0, len(body), width):
        kind, row = body[at], body[at + 1 : at + width]
        if kind not in {0, 2}:
            raise Unusual("a predictor that is not followed")
        above = bytes((a + b) & 255 for a, b in zip(above, row, strict=True)) if kind else row
        rows.append(above)
    return b"".join(rows)
