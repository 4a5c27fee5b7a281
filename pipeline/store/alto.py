"""Pages as ALTO XML (version 4, loc.gov/standards/alto): blocks, lines and words with their boxes.

`CONTENT` is the repaired word; where the engine read something else, that is an `ALTERNATIVE`. Zones of the letter are
layout tags. Boxes are pixels of the upright, level page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import BinaryIO
from xml.etree import ElementTree as Xml

from pipeline.nouns import Box, Line, PageText, Word, Zone
from pipeline.nouns.ink import union

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-2.xsd"


def write_alto(page: PageText, source: str, reader_version: str, out: BinaryIO) -> None:
    """Write one page.

    Args:
        page: the page.
        source: name of the file that it is a page of.
        reader_version: which congvan read it.
        out: where the XML goes, as UTF-8.
    """
    root = Xml.Element("alto", {"xmlns": NAMESPACE, "xmlns:xsi": _INSTANCE, "xsi:schemaLocation": _SCHEMA})
    _describe(root, source, reader_version)
    used = sorted({line.zone for line in page.lines})
    if used:
        tags = Xml.SubElement(root, "Tags")
        for zone in used:
            Xml.SubElement(tags, "LayoutTag", {"ID": _tag(zone), "LABEL": str(zone)})
    size = {"WIDTH": str(page.width), "HEIGHT": str(page.height)}
    sheet = Xml.SubElement(
        Xml.SubElement(root, "Layout"), "Page", {"ID": "page", "PHYSICAL_IMG_NR": str(page.number), **size}
    )
    space = Xml.SubElement(sheet, "PrintSpace", {"HPOS": "0", "VPOS": "0", **size})
    for number, (zone, lines) in enumerate(_blocks(page), start=1):
        _block(space, f"block_{number}", zone, lines)
    Xml.indent(root, " ")
    Xml.ElementTree(root).write(out, encoding="UTF-8", xml_declaration=True)


def _describe(root: Xml.Element, source: str, reader_version: str) -> None:
    description = Xml.SubElement(root, "Description")
    Xml.SubElement(description, "MeasurementUnit").text = "pixel"
    image = Xml.SubElement(description, "sourceImageInformation")
    Xml.SubElement(image, "fileName").text = _legal(source)
    software = Xml.SubElement(Xml.SubElement(description, "Processing", {"ID": "reading"}), "processingSoftware")
    Xml.SubElement(software, "softwareName").text = "congvan"
    Xml.SubElement(software, "softwareVersion").text = reader_version


def _blocks(page: PageText) -> Iterator[tuple[Zone, list[Line]]]:
    """Lines that follow one another in one zone; lines without words have no place."""
    for zone, lines in groupby((line for line in page.lines if line.words), key=lambda line: line.zone):
        yield zone, list(lines)


def _block(space: Xml.Element, name: str, zone: Zone, lines: list[Line]) -> None:
    around = union([line.box for line in lines])
    block = Xml.SubElement(space, "TextBlock", {"ID": name, "TAGREFS": _tag(zone), **_place(around)})
    for number, line in enumerate(lines, start=1):
        row = Xml.SubElement(block, "TextLine", {"ID": f"{name}_{number}", **_place(line.box)})
        _word(row, line.words[0])
        for before, word in pairwise(line.words):
            gap = {"HPOS": str(before.box.x1), "VPOS": str(before.box.y0)}
            Xml.SubElement(row, "SP", {**gap, "WIDTH": str(max(word.box.x0 - before.box.x1, 0))})
            _word(row, word)


def _word(row: Xml.Element, word: Word) -> None:
    sure = f"{min(max(word.confidence, 0.0), 1.0):.3f}"
    string = Xml.SubElement(row, "String", {"CONTENT": _legal(word.text), **_place(word.box), "WC": sure})
    if word.raw != word.text:
        Xml.SubElement(string, "ALTERNATIVE", {"PURPOSE": "as read by the engine"}).text = _legal(word.raw)


def _place(box: Box | None) -> dict[str, str]:
    if box is None:
        return {}
    return {"HPOS": str(box.x0), "VPOS": str(box.y0), "WIDTH": str(box.width), "HEIGHT": str(box.height)}


def _tag(zone: Zone) -> str:
    return f"zone_{zone}"


def _legal(text: str) -> str:
    """The text without characters that XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
