"""The walk is true: it names files that are there, in the order in which a letter passes them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline import reading

ROOT = Path(__file__).parent.parent
PIPELINE = ROOT / "pipeline"
ASIDE = {
    "_typed_page", "_typed_pages", "alternatives", "figures_engine", "fuller_languages", "installed_languages",
    "make_engine",
}  # fmt: skip
"""Side doors: pages that bring their text, second looks at a page, and engines being made."""


def _steps() -> list[str]:
    walk = (ROOT / "docs" / "walk.md").read_text(encoding="utf-8")
    return re.split(r"^\d+\. ", walk, flags=re.MULTILINE)[1:]


def _resolved(name: str) -> Path | None:
    return next((base / name for base in (ROOT, PIPELINE, PIPELINE / "nouns") if (base / name).is_file()), None)


def test_every_file_of_the_walk_is_there() -> None:
    walk = (ROOT / "docs" / "walk.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.py)`", walk))
    assert len(named) > 20
    assert not {name for name in named if _resolved(name) is None}


def _called(tree: ast.AST) -> Iterator[str]:
    """Names of the functions that are called, arguments before the call, a generator's source before its element."""
    children = list(ast.iter_child_nodes(tree))
    if isinstance(tree, ast.Call):
        children = [*tree.args, *(keyword.value for keyword in tree.keywords), tree.func]
    elif isinstance(tree, ast.DictComp | ast.GeneratorExp | ast.ListComp):
        children = [*tree.generators, *(node for node in children if not isinstance(node, ast.comprehension))]
    for child in children:
        yield from _called(child)
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        yield tree.func.id


def _followed(name: str, seen: set[str]) -> Iterator[str]:
    """The functions that one of reading.py calls, each once, where it is called first; its own are followed inside."""
    for called in _called(ast.parse(inspect.getsource(getattr(reading, name)))):
        function = getattr(reading, called, None)
        if (
            called in seen | ASIDE
            or not inspect.isfunction(function)
            or not function.__module__.startswith("pipeline.")
        ):
            continue
        seen.add(called)
        if function.__module__ == reading.__name__:
            yield from _followed(called, seen)
        else:
            yield called


def _homes() -> list[tuple[str, Path]]:
    """Every function of another room that the way of one letter calls, in order, with its file."""
    return [(name, Path(inspect.getfile(getattr(reading, name)))) for name in _followed("read_scan", set())]


def _step_of(file: Path) -> int | None:
    """The first step that names a file."""
    for number, step in enumerate(_steps(), start=1):
        if file in {_resolved(name) for name in re.findall(r"`([\w/]+\.py)`", step)}:
            return number
    return None


def test_reading_is_the_second_step_and_calls_many() -> None:
    assert _step_of(PIPELINE / "reading.py") == 2
    assert len(_homes()) > 15


@pytest.mark.parametrize(("name", "file"), _homes(), ids=lambda value: value if isinstance(value, str) else "")
def test_what_reading_calls_is_in_the_walk(name: str, file: Path) -> None:
    assert _step_of(file) is not None, f"docs/walk.md does not name {file.relative_to(ROOT)}, home of {name}"


def test_the_walk_goes_the_way_of_a_letter() -> None:
    steps = [(step, name) for name, file in _homes() if (step := _step_of(file)) is not None]
    backwards = [f"{a[1]} ({a[0]}) before {b[1]} ({b[0]})" for a, b in pairwise(steps) if b[0] < a[0]]
    assert not backwards
