"""Files beside the database, one a letter or one a page: searchable PDF and ALTO XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import CongvanError, StoreError
from pipeline.searchable import PdfSource, library, write_pdf
from pipeline.store import Row, Store
from pipeline.store.alto import write_alto
from pipeline.store.recall import pages_of


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one letter."""

    document_id: str
    source_name: str
    files: tuple[Path, ...] = ()
    note: str = ""
    """What the reader of the file should know."""
    error: CongvanError | None = None


def write_files(store: Store, form: str, letters: tuple[str, ...], folder: Path, config: Config) -> Iterator[Made]:
    """Write letters into a folder, one after the other; one that cannot be written does not stop the others.

    Args:
        store: the database.
        form: one of `FORMS`.
        letters: ids; empty for all letters.
        folder: made when it is not there.
        config: all settings.

    Raises:
        MissingDependency: OCRmyPDF is not installed, and PDFs are wanted.
        StoreError: the folder cannot be written.
    """
    if form == "pdf":
        library("ocrmypdf")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for document in _wanted(store, letters):
            yield _made(store, form, document, folder, config)
    except OSError as e:
        raise StoreError(f"the export cannot be written: {e.strerror}", where=str(folder)) from e


def _wanted(store: Store, letters: tuple[str, ...]) -> list[Row]:
    if letters:
        return [store.show(store.find(name)).document for name in letters]
    return list(store.db.query("SELECT * FROM documents WHERE not_a_letter = 0 ORDER BY id"))


def _made(store: Store, form: str, document: Row, folder: Path, config: Config) -> Made:
    name, source = document["id"], document["source_name"]
    try:
        files, note = FORMS[form](store, document, folder, config)
    except CongvanError as error:
        return Made(name, source, error=error)
    return Made(name, source, files, note)


_Written = tuple[tuple[Path, ...], str]
"""The files of a letter, and a note."""
_NOT_ARCHIVAL = "a PDF, not PDF/A: the original lacks fonts, which only Ghostscript 10.2.1 puts in"


def _pdf(store: Store, document: Row, folder: Path, config: Config) -> _Written:
    out = folder / f"{document['id']}.pdf"
    title = " ".join(filter(None, (document["doc_type"], document["number"])))
    source = PdfSource(Path(document["source_path"]), document["sha256"], title, document["issuer"] or "")
    archival = write_pdf(source, pages_of(store.db, document["id"]), config, out)
    return (out,), "" if archival else _NOT_ARCHIVAL


def _alto(store: Store, document: Row, folder: Path, _config: Config) -> _Written:
    files = []
    for page in pages_of(store.db, document["id"]):
        files.append(folder / f"{document['id']}_{page.number:04}.xml")
        with files[-1].open("wb") as out:
            write_alto(page, document["source_name"], document["reader_version"], out)
    return tuple(files), ""


FORMS: dict[str, Callable[[Store, Row, Path, Config], _Written]] = {"pdf": _pdf, "alto": _alto}
"""What can be written, and how."""
