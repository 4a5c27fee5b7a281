"""Long trials of what must never happen: a batch that crashes, hangs, leaves files behind, or loses a letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """One line of the table."""

    name: str
    tried: int
    survived: int
    lost: int
    note: str
