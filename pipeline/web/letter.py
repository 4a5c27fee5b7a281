"""One letter beside its ink: every value an input that knows its page and box."""

from __future__ import annotations

from collections.abc import Iterator

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError, UsageError
from pipeline.nouns import MediaType
from pipeline.store import ASKED, FILED, LETTERHEAD, REQUIRED, STAMPED, Row, Store, StoredLetter, overview
from pipeline.store.figures import stored_text
from pipeline.store.row_values import COLUMNS
from pipeline.store.search import hits
from pipeline.store.written import choices
from pipeline.web.inputs import Entry, Inputs
from pipeline.web.naming import kinds
from pipeline.web.pointing import box_text
from pipeline.web.site import ask, failure, language_of, page

_TARGET_INPUTS = ("indicator", "value", "value_max", "unit", "responsible")
_WHOLE_FIGURE = (
    "kind", "comparator", *_TARGET_INPUTS, "qualifier", "assigned_by", "section", "period_text", "period_start",
    "period_end",
)  # fmt: skip
"""What is asked of the one figure that somebody wants to set right in all its parts."""
_HIDDEN = frozenset({"language"})


async def show(datasette: Datasette, request: Request) -> Response:
    """The page of one letter; `q` lights words of a search, `page` opens a page, `figure` a figure in all its parts."""
    document_id, words = request.url_vars["id"], request.args.get("q") or ""

    def question(store: Store) -> tuple[StoredLetter, Row]:
        following = overview.neighbour(store.db, document_id)
        return store.show(document_id), {
            "lit": hits(store.db, document_id, words) if words else [],
            "log": overview.decisions(store.db, document_id=document_id),
            "following": following,
            "following_page": overview.first_image(store.db, following) if following else None,
            "waiting": overview.counts(store.db)["review"],
            "of_file": overview.of_one_file(store.db, document_id),
            "citing": overview.citing(store.db, document_id),
        }

    try:
        found, around = await ask(datasette, question)
    except UsageError as error:
        return await failure(datasette, request, error, status=404)
    except CongvanError as error:
        return await failure(datasette, request, error)
    context = {
        "letter": found,
        "entries": list(_fields(found, (*(n for n in LETTERHEAD if n not in _HIDDEN), *STAMPED))),
        "filed": list(_fields(found, FILED)),
        "targets": [(row, _inputs("targets", row, _asked(row, request))) for row in found.targets],
        "tables": [(table, _inputs("tables", table, ("title",)), _grid(table)) for table in found.tables],
        "recipients": [(row, _inputs("recipients", row, ("name", "role"))) for row in found.recipients],
        "citations": [(row, _inputs("citations", row, COLUMNS["citations"])) for row in found.citations],
        **around,
        "has_image": found.document["media_type"] != MediaType.TEXT,
        "words": words,
        "inputs": Inputs(language_of(request), bool(request.actor)),
        "every_kind": kinds(),
    }
    return await page(datasette, request, "congvan_letter.html", context)


def _fields(letter: StoredLetter, names: tuple[str, ...]) -> Iterator[Entry]:
    """Values by their names, those that were not found too: a person may know them."""
    rows = {row["name"]: row for row in letter.fields if not row["item"]}
    for name in names:
        row = rows.get(name)
        if row is None:
            yield Entry(name, f"fields.{name}", "", "missing" if name in REQUIRED else "")
        else:
            status = row["status"] if name in ASKED or row["status"] != "needs_review" else ""
            yield Entry(
                name, f"fields.{name}", row["value"], status, row["raw"], row["reason"], row["confidence"],
                row["page_no"], box_text(row),
            )  # fmt: skip


def _asked(row: Row, request: Request) -> tuple[str, ...]:
    """The columns of a figure that are inputs: the usual ones, or all of the one that the address names."""
    if request.args.get("figure") == str(row["item"]):
        return _WHOLE_FIGURE
    return tuple(name for name in _TARGET_INPUTS if name != "value_max" or row[name] is not None)


def _inputs(table: str, row: Row, columns: tuple[str, ...]) -> list[Entry]:
    """Columns of a row that can be decided on, all with the ink of the row."""
    status = "" if row.get("rejected") else row.get("status", "")
    return [
        Entry(_word(table, row, column), f"fields.{column}", stored_text(row[column]) or "", status,
              page=row["page_no"], box=box_text(row), choices=choices(column))
        for column in columns
    ]  # fmt: skip


def _word(table: str, row: Row, column: str) -> str:
    """What names a column in `corrections.field`: the name of a recipient is the recipient."""
    return f"recipients.{row['item']}" if column == "name" else f"{table}.{row['item']}.{column}"


def _grid(table: Row) -> list[list[Entry | None]]:
    """The cells of a table by row and column; None where a merged cell spans."""
    cells = {(cell["row"], cell["col"]): cell for cell in table["cells"]}
    height = max((row for row, _ in cells), default=-1) + 1
    width = max((col for _, col in cells), default=-1) + 1
    return [[_cell(table, cells.get((row, col))) for col in range(width)] for row in range(height)]


def _cell(table: Row, cell: Row | None) -> Entry | None:
    if cell is None:
        return None
    return Entry(
        f"tables.{table['item']}.{cell['row']}.{cell['col']}",
        "letter.tables",
        cell["text"],
        "confirmed" if cell["corrected_by"] == "person" else "",
        cell["raw"],
        cell["corrected_by"] or "",
        cell["confidence"],
        cell["page_no"],
        box_text(cell),
    )
