"""How fast a batch goes: by what was read lately, so that neither its start nor files passed over distort it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

_FILES = 500
"""The pace is that of so many files at most: enough to be steady, few enough to notice when letters become larger."""


@dataclass(frozen=True, slots=True)
class _Read:
    at: float
    pages: int
    size: int


@dataclass(slots=True)
class Pace:
    """The files that were read last; all times are seconds of one clock that never goes back."""

    since: float
    """When reading began."""
    _last: deque[_Read] = field(default_factory=lambda: deque(maxlen=_FILES))

    def pass_over(self, now: float) -> None:
        """Note a file that needed no reading: before the first that does, time has not begun."""
        if not self._last:
            self.since = now

    def read(self, now: float, pages: int, size: int) -> None:
        """Note a file of that many pages and bytes; none when it could not be read."""
        if len(self._last) == _FILES:
            self.since = self._last[0].at
        self._last.append(_Read(now, pages, size))

    @property
    def pages_a_minute(self) -> float:
        """0 until something was read."""
        seconds = self._seconds()
        return 60 * sum(file.pages for file in self._last) / seconds if seconds > 0 else 0.0

    def seconds_left(self, size: int) -> float | None:
        """How long so many bytes will take; None until something was read."""
        done = sum(file.size for file in self._last)
        return self._seconds() * size / done if done else None

    def _seconds(self) -> float:
        return self._last[-1].at - self.since if self._last else 0.0
