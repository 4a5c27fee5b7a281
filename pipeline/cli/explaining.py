"""How `congvan show --explain` prints why values are what they are."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from pipeline.cli.printing import STATUS_SIGNS, shown, stdout
from pipeline.store.explain import Explained

_SIGNS = STATUS_SIGNS | {"missing": "-"}
_WIDTH = 10


def print_explained(values: tuple[Explained, ...]) -> None:
    """Print a paragraph for each value: what, where, by which rule, what was repaired, why it needs a look."""
    stdout().print("\nValues, and why", markup=False)
    for value in values:
        sure = "" if value.confidence is None else f" {value.confidence:.2f}"
        stdout().print(Text(f"{_SIGNS[value.status]} {value.name}{sure}  {shown(value.value)}"))
        for label, text in _told(value):
            stdout().print(Text(f"    {label:<{_WIDTH}}{shown(text)}"))


def _told(value: Explained) -> Iterator[tuple[str, str]]:
    parts = (
        ("read", value.read),
        ("where", value.where),
        ("rule", value.rule),
        ("repaired", ", ".join(value.repaired)),
        ("missing" if value.status == "missing" else "doubt", value.why),
    )
    return ((label, text) for label, text in parts if text)
