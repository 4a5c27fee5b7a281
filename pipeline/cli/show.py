"""`congvan show`: one letter."""

from __future__ import annotations

import click
from rich.text import Text

from pipeline.cli.explaining import print_explained
from pipeline.cli.options import with_letters
from pipeline.cli.printing import STATUS_SIGNS, print_table, shown, stdout
from pipeline.store import REQUIRED, Row, Store, StoredLetter
from pipeline.store.explain import explained

_INK = ("page_no", "x0", "y0", "x1", "y1")


@click.command("show")
@click.argument("letter", metavar="ID")
@click.option(
    "--explain", is_flag=True, help="Say of each value what was read where, by which rule, and what is missing."
)
@click.option("--repairs", is_flag=True, help="List every word that was changed, with the reason.")
@click.option(
    "--pages", is_flag=True, help="Say how the pages were judged and cleaned, where stamps lie; print the text."
)
@with_letters
def command(*, letter: str, explain: bool, repairs: bool, pages: bool, store: Store) -> None:
    """Show one letter: its values, recipients, figures, tables and problems, each with its page.

    ID is the id of a letter, its beginning (four characters or more), or the name of its file.

    Example: congvan show 3f9a --explain
    """
    found = store.show(store.find(letter))
    _print_head(found)
    if explain:
        print_explained(explained(found))
    else:
        _print_fields(found)
    print_table(found.recipients, ("role", "name"), title="\nRecipients")
    ink = _INK if explain else ("page_no",)
    print_table(found.targets, ("kind", "indicator", "comparator", "value", "value_max", "unit", "responsible",
                                "period_text", "status", *ink), title="\nTargets and results")  # fmt: skip
    print_table(found.citations, ("number", "doc_type", "issued_on", "relation", "cited_document_id", *ink),
                title="\nCitations")  # fmt: skip
    print_table(found.entities, ("kind", "name", "mentions", "found_by", *ink), title="\nNamed in the text")
    for table in found.tables:
        _print_cells(table)
    if repairs:
        print_table(found.repairs, ("page_no", "line_no", "raw", "text", "score", "reason"), title="\nRepairs")
    if pages:
        for page in found.pages:
            _print_page(page, [mark for mark in found.marks if mark["page_no"] == page["page_no"]])


def _print_head(letter: StoredLetter) -> None:
    document = letter.document
    print_table(
        [
            {"name": "letter", "value": document["id"]},
            {"name": "file", "value": document["source_path"]},
            {"name": "pages", "value": document["pages"]},
            {"name": "status", "value": document["status"].replace("_", " ")},
            {"name": "same letter as", "value": document["duplicate_of"]},
            *({"name": "problem", "value": problem} for problem in document["problems"]),
        ],
        ("name", "value"),
    )


def _print_fields(letter: StoredLetter) -> None:
    rows = [{**row, "sure": STATUS_SIGNS[row["status"]]} for row in letter.fields]
    missing = sorted(set(REQUIRED) - {row["name"] for row in rows})
    rows += [{"name": name, "sure": "?", "reason": "not found"} for name in missing]
    rows.sort(key=_as_in_the_letter)
    print_table(rows, ("sure", "name", "value", "page_no", "reason"), title="\nValues")


_ORDER = (
    "issuer", "parent_issuer", "number", "place", "issued_on", "doc_type", "subject", "signed_for",
    "signer_title", "signer",
)  # fmt: skip


def _as_in_the_letter(row: Row) -> tuple[int, str]:
    name = row["name"]
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


_PERCENT = ("noise", "contrast", "shading", "ink", "colour")
"""What is judged as a share."""


def _print_page(page: Row, marks: list[Row]) -> None:
    """The page's looks, what was done to it, what lies on it, and its text."""
    lines = [f"\n--- page {page['page_no']} ---"]
    if page["judgement"]:
        shares = (f"{name} {100 * page['judgement'][name]:.2g} %" for name in _PERCENT)
        seen = f"letters {page['judgement']['text_height']:.3g} px, skew {page['judgement']['skew']:+.2g}°"
        lines.append(f"judged: {page['judgement']['dpi']} dpi, {seen}, {', '.join(shares)}")
    lines.append(f"done: {', '.join(page['steps']) or 'nothing'}; read with confidence {page['ocr_confidence']:.2f}")
    for mark in marks:
        where = f"{mark['x0']},{mark['y0']} to {mark['x1']},{mark['y1']}"
        lines.append(f"{mark['kind'].replace('_', ' ')} at {where}: {shown(mark['text'])}".removesuffix(": "))
    stdout().print(*map(Text, lines), Text(page["text"]), sep="\n", markup=False)


def _print_cells(table: Row) -> None:
    columns = [f"{number}: {name}" for number, name in enumerate(table["columns"], start=1)]
    rows: dict[int, Row] = {}
    for cell in table["cells"]:
        if cell["row"] >= table["header_rows"] and cell["col"] < len(columns):
            sign = "*" if cell["corrected_by"] else ""
            rows.setdefault(cell["row"], {})[columns[cell["col"]]] = shown(cell["text"]) + sign
    checks = f"{table['checks_passed']} checks passed, {table['checks_failed']} failed"
    print_table(rows.values(), columns, title=f"\nTable on page {table['page_no']}: {table['title']} ({checks})")
