"""The way of one letter: file in, records out. The stages meet here and nowhere else.

Pages come one at a time: what stays of a page is its text, never its pixels, so a file of a thousand pages takes no
more memory than one of ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.check.record import check_record
from pipeline.check.repeats import mark_repeats
from pipeline.check.tables import check_tables
from pipeline.clean import alternatives, clean
from pipeline.config import Config
from pipeline.errors import CongvanError
from pipeline.extract.citations import read_citations
from pipeline.extract.closing.recipients import read_recipients
from pipeline.extract.fields import read_fields
from pipeline.extract.names import finders, read_entities
from pipeline.extract.passages.running import paragraphs
from pipeline.extract.table_targets import table_targets
from pipeline.extract.tables import read_tables
from pipeline.extract.tables.fences import fences
from pipeline.extract.tables.rereading import figure_cells, with_figures
from pipeline.extract.targets import read_targets
from pipeline.intake import open_scan, read_text
from pipeline.layout import arrange, assign_zones, from_text, part_letters, unfold
from pipeline.layout.grids import find_grids, grids_of_layer
from pipeline.layout.letterhead import covers_letterhead
from pipeline.layout.stamps import with_stamps
from pipeline.nouns import Grid, Letter, MediaType, Page, PageText, Record, Repair, Scan, Table
from pipeline.ocr import Engine, make_engine
from pipeline.ocr.cells import figures_engine, read_figures
from pipeline.ocr.closing import lines_engine, reread_closing
from pipeline.ocr.frames import fill_frames
from pipeline.ocr.page_numbers import read_page_number
from pipeline.ocr.roman import count_stems
from pipeline.ocr.stamps import read_lifted
from pipeline.ocr.tesseract import fuller_languages, installed_languages
from pipeline.rasterise import pages as rasterise
from pipeline.repair import Mode, mode_of, repair_pages

_RUINED = 0.6
"""Confidence of the words of old OCR text that lost its marks: its letters were guessed, and its digits not better."""


def read_scan(path: Path, config: Config) -> tuple[Record, ...]:
    """The letters of one file, whole: fields, figures, tables and text, each with its ink.

    Raises:
        CongvanError: the file cannot be read; the error names the file and what to do next.
    """
    try:
        scan = open_scan(path, config.intake)
        return understand(scan, read_pages(scan, config), config)
    except CongvanError as error:
        error.where = error.where if str(path) in error.where else ", ".join(filter(None, (str(path), error.where)))
        raise


def read_pages(scan: Scan, config: Config) -> tuple[PageText, ...]:
    """Every page as text: its own layer where that is good, what the engine reads otherwise."""
    if scan.media_type is MediaType.TEXT:
        return _typed_pages(read_text(scan))
    layers = {page.number: page for page in scan.text_layers if page is not None}
    drawn = rasterise(scan, config, numbers=tuple(layers))
    typed = {page.number: _typed_page(layers[page.number], page) for page in drawn}
    wanted = tuple(n for n in range(1, scan.page_count + 1) if n not in layers)
    engine = make_engine(config.ocr)
    read = {page.number: _read_page(page, engine, config) for page in rasterise(scan, config, numbers=wanted)}
    return tuple(page for _, page in sorted({**typed, **read}.items()))


def _typed_page(layer: PageText, drawn: Page) -> PageText:
    """A page that brings its own text, its tables fenced in by the rules of the drawn page, or by white."""
    grids = grids_of_layer(drawn, layer)
    text = assign_zones(layer, grids)
    unruled = fences(text)
    return assign_zones(layer, (*grids, *unruled)) if unruled else text


def _typed_pages(texts: tuple[str, ...]) -> tuple[PageText, ...]:
    """Pages of plain text; what an engine without Vietnamese left behind is trusted no further than it can be."""
    ruined = mode_of([line for text in texts for line in text.splitlines()]) is not Mode.FRESH
    sure = _RUINED if ruined else 1.0
    return tuple(from_text(text, number, sure) for number, text in enumerate(texts, start=1))


def _read_page(page: Page, engine: Engine, config: Config) -> PageText:
    """One page read; when that went badly, once more in every other way that may help, and the best is kept."""
    readings = _readings(page, engine, config)
    best = next(readings)
    while not best.blank and best.confidence < config.ocr.retry_below:
        again = next(readings, None)
        if again is None:
            break
        best = max(best, again, key=lambda text: text.confidence)
    return best


def _readings(page: Page, engine: Engine, config: Config) -> Iterator[PageText]:
    """The page read as planned, then cleaned in other ways, then by both models of Vietnamese where there are two."""
    planned = clean(page, config.clean)
    yield _read_cleaned(planned, engine, config)
    for other in alternatives(page, config.clean):
        yield _read_cleaned(other, engine, config)
    fuller = fuller_languages(config.ocr.languages, installed_languages())
    if fuller is not None:
        both = replace(config, ocr=replace(config.ocr, languages=fuller))
        text = _read_cleaned(planned, make_engine(both.ocr), both)
        yield replace(text, steps=(*text.steps, f"read with {fuller}"))


def _read_cleaned(page: Page, engine: Engine, config: Config) -> PageText:
    """One cleaned page read; what the engine reads badly is read apart: stamps, numerals, digits in frames."""
    grids = () if page.blank else find_grids(page)
    read = _read_unfolded(page, grids, engine)
    tables = tuple(grid for grid in grids if not covers_letterhead(grid, read))
    if len(tables) < len(grids):
        grids, read = tables, _read_unfolded(page, tables, engine)
    unruled = fences(read)
    read = _read_unfolded(page, (*grids, *unruled), engine) if unruled else read
    signed = reread_closing(page, read, lines_engine(config.ocr))
    arranged = with_stamps(signed, read_lifted(page, engine))
    return _read_figures(page, fill_frames(page, count_stems(page, arranged), engine), config)


def _read_unfolded(page: Page, grids: tuple[Grid, ...], engine: Engine) -> PageText:
    """One cleaned page read once, its columns one under the other and its tables row by row."""
    unfolded = unfold(page, grids)
    lines = () if page.blank else engine.read(unfolded.page)
    return arrange(page, unfolded, lines, grids)


def _read_figures(page: Page, text: PageText, config: Config) -> PageText:
    """What only digits can be, read as such: the page number, figures in cells."""
    numbered = read_page_number(page, text)
    cells = figure_cells(numbered)
    return with_figures(numbered, read_figures(page, cells, figures_engine(config.ocr))) if cells else numbered


def understand(scan: Scan, pages: tuple[PageText, ...], config: Config) -> tuple[Record, ...]:
    """What the pages say: repaired, then every value found and checked. Needs no engine and no pixels."""
    mended, repairs = repair_pages(pages, config.repair)
    return tuple(understand_letter(letter, repairs, config) for letter in _letters(scan, mended))


def _letters(scan: Scan, pages: tuple[PageText, ...]) -> Iterator[Letter]:
    """Each letter of the file, its pages in reading order; a page scanned again stands with the letter it is of."""
    for part, own in enumerate(part_letters(mark_repeats(pages)), start=1):
        yield Letter(scan, own, part)


def understand_letter(
    letter: Letter, repairs: tuple[Repair, ...], config: Config, tables: tuple[Table, ...] | None = None
) -> Record:
    """What one letter says: every value found and checked.

    Args:
        letter: the letter, repaired.
        repairs: what was repaired; of pages of other letters too.
        config: all settings.
        tables: its tables where they were read already; None reads them.
    """
    numbers = {page.number for page in letter.pages}
    fields = read_fields(letter, config.extract)
    tables = check_tables(read_tables(letter)) if tables is None else tables
    body = paragraphs(letter)
    record = Record(
        letter=letter,
        fields=fields,
        recipients=read_recipients(letter),
        citations=read_citations(letter, body),
        entities=read_entities(body),
        details={"names_found_by": finders()},
        targets=(
            *read_targets(letter, fields, config.extract),
            *table_targets(letter, body, tables, fields, config.extract),
        ),
        tables=tables,
        repairs=tuple(r for r in repairs if r.page in numbers),
    )
    return check_record(record)
