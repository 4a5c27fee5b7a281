"""`congvan search`: letters by their words."""

from __future__ import annotations

from difflib import get_close_matches

import click
from rich.text import Text

from pipeline.cli.options import with_letters
from pipeline.cli.printing import counted, note, shown, stdout
from pipeline.doctypes import load
from pipeline.store import Hit, SearchFilter, Store
from pipeline.store.rows import key
from pipeline.store.search import ORDERS
from pipeline.store.written import beginning_of_date


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--issuer", help="Only letters of issuers whose name holds this, with or without marks.")
@click.option("--type", "doc_type", help="Only letters of this kind, such as `Kế hoạch`.")
@click.option("--since", metavar="DATE", help="Only letters issued on this day or later: 2023, 5/2023 or 31/5/2023.")
@click.option("--until", metavar="DATE", help="Only letters issued on this day or before.")
@click.option("--order", type=click.Choice(ORDERS), default=ORDERS[0], show_default=True, help="Which come first.")
@click.option("--limit", default=20, show_default=True, help="How many letters at most.")
@with_letters
def command(*, text: tuple[str, ...], limit: int, order: str, store: Store, **narrow: str | None) -> None:
    """Find letters that hold all the words, best first.

    Words typed without marks find all spellings (`duong` finds `đường`); typed with marks they find only themselves.
    "A phrase" in quotes is found as it stands, `doan*` finds what begins so, `-nam` leaves out letters with that word.

    Example: congvan search "ke hoach" thi đua --since 2023
    """
    since, until = beginning_of_date(narrow["since"]), beginning_of_date(narrow["until"])
    where = SearchFilter(narrow["issuer"], narrow["doc_type"], since, until, order)
    hits = store.search(_as_typed(text), where, limit=limit)
    for hit in hits:
        _print_hit(hit)
    note(counted(len(hits), "letter") + (f", the best: --limit shows more than {limit}" if len(hits) == limit else ""))
    if not hits and (kind := narrow["doc_type"]):
        _say_kinds(kind)


def _say_kinds(asked: str) -> None:
    """Say what kinds of letter there are, when the one that was asked for is none of them."""
    names = {key(kind.name): kind.name for kind in load()}
    if key(asked) not in names:
        near = [names[name] for name in get_close_matches(key(asked), names, n=3)]
        note(f"no kind of letter is called {asked!r}; kinds: {', '.join(near or sorted(names.values()))}")


def _as_typed(words: tuple[str, ...]) -> str:
    """The words as one query; what the shell handed over with spaces inside was a phrase in quotes."""
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)


def _print_hit(hit: Hit) -> None:
    head = " · ".join(shown(value) for value in (hit.number, hit.issued_on, hit.issuer) if value)
    where = f"page {hit.page_no}" if hit.page_no else "letterhead"
    context = Text("  … ")
    for piece, lit in hit.snippet:
        context.append(shown(piece), style="bold reverse" if lit else "")
    out = stdout()
    out.print(Text(f"{hit.document_id}  {head}  ({hit.source_name}, {where})"), soft_wrap=True)
    if hit.subject:
        out.print(Text(f"  {shown(hit.subject)}"), soft_wrap=True)
    out.print(context, soft_wrap=True)
