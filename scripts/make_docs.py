"""Write the pages of docs/ that the program knows better than people do: cli.md, schema.md, errors.md."""

from __future__ import annotations

import ast
import inspect
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline import errors
from pipeline.cli import COMMANDS, cli
from pipeline.config import StoreConfig
from pipeline.store import open_store
from pipeline.store.dictionary import about, meaning, public_tables

PIPELINE = Path(errors.__file__).parent
NOTE = "<!-- Written by scripts/make_docs.py: change the program, then run it again. -->\n"


def cli_page() -> str:
    """The help of every command."""
    context = _context(cli, "congvan", None)
    sections = ["# The command line", NOTE, _block(cli.get_help(context))]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        sections += [f"## congvan {name}", _block(command.get_help(_context(command, name, context)))]
    return "\n\n".join(sections) + "\n"


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    """As a user would call it, on a terminal of one width for all."""
    shown = click.Context(command, parent, name, max_content_width=110, terminal_width=110)
    shown.help_option_names = ["-h", "--help"]
    return shown


def _block(text: str) -> str:
    return f"```text\n{text}\n```"


def schema_page() -> str:
    """Every public table and column, with its type and meaning."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "letters.db", StoreConfig()) as store:
        tables = public_tables(store.db)
    sections = [
        "# The database",
        NOTE,
        "Analysts write SQL against these names; they change only by migration, with a line in the changelog.\n"
        "Open it with `sqlite3 letters.db`, Datasette, or anything that reads SQLite.",
    ]
    for table, columns in tables.items():
        rows = [
            f"| `{name}` | {kind.lower() or '–'} | {_cell(meaning(table, name))} |" for name, kind in columns.items()
        ]
        sections.append(
            f"## {table}\n\n{about(table)}\n\n| column | type | meaning |\n|---|---|---|\n" + "\n".join(rows)
        )
    return "\n\n".join(sections) + "\n"


def _cell(text: str) -> str:
    """A text on one line of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def errors_page() -> str:
    """Every message in the order of the alphabet, with what to do, its kind and its exit code; then the kinds."""
    told: set[tuple[str, str, str]] = set()
    for path in sorted(PIPELINE.rglob("*.py")):
        told |= set(_raised(ast.parse(path.read_text(encoding="utf-8"))))
    kinds = {kind.__name__: kind for kind in _kinds(errors.CongvanError)}
    known = [(message, hint, kinds[kind]) for kind, message, hint in told if kind in kinds]
    rows = [
        f"| {_cell(message)} | {_cell(hint)} | {kind.__name__}, {kind.exit_code} |"
        for message, hint, kind in sorted(known, key=lambda row: (row[0].strip("… ").lower(), row[1], row[2].__name__))
    ]
    messages = "\n".join(["| message | what to do | kind, exit code |", "|---|---|---|", *rows])
    order = sorted(kinds.values(), key=lambda kind: (kind.exit_code, kind.__name__))
    about = "\n".join(
        ["| kind | exit code | when |", "|---|---|---|"]
        + [f"| {kind.__name__} | {kind.exit_code} | {_cell(inspect.cleandoc(kind.__doc__ or ''))} |" for kind in order]
    )
    sections = ["# When something goes wrong", NOTE, _EXIT_CODES, "## Messages", messages, "## Kinds", about]
    return "\n\n".join(section.rstrip() for section in sections) + "\n"


_EXIT_CODES = """Exit codes: 0 done, 1 a bug, 2 usage, 3 input, 4 something is not installed, 5 settings, 6 rendering
or OCR, 7 database, 8 finished but some letters failed, 130 interrupted. In a batch a letter that fails does not stop
the others: its error is a row of `failures`. Look a message up by its first words; `…` stands for a value."""


def _kinds(kind: type[errors.CongvanError]) -> Iterator[type[errors.CongvanError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _kinds(child)


def _raised(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Kind, message and hint of each error that the code makes with its words written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            message = _literal(node.args[0])
            hint = next((_literal(k.value) for k in node.keywords if k.arg == "hint"), "")
            if message and isinstance(getattr(errors, node.func.id, None), type):
                yield node.func.id, message, hint


def _literal(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) or "…" for part in node.values)
    return ""


PAGES = {"cli.md": cli_page, "schema.md": schema_page, "errors.md": errors_page}


def main(folder: Path) -> None:
    """Write all pages into the folder."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
