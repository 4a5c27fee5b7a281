"""What surrounds a figure of a sentence: the letter, the clause and its place, and what its words tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.figures import Figure
from pipeline.extract.figures.notfigures import Span
from pipeline.extract.figures.periods import Period, find_periods, in_a_name
from pipeline.extract.passages.clauses import Clause
from pipeline.extract.passages.context import Placed
from pipeline.extract.passages.running import Paragraph
from pipeline.nouns import Field
from pipeline.vietnamese import squeeze

_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class About:
    """What the letter as a whole says of its figures."""

    doc_type: str | None
    issued_on: dt.date | None
    year: int | None
    subject: str
    periods: tuple[Period, ...]
    """Those of its subject."""

    @property
    def span(self) -> Period | None:
        """The years that the letter is of, where its subject names them: `nhiệm kỳ 2020 - 2025`."""
        return next((p for p in self.periods if p.first and p.last and p.last.year > p.first.year + 1), None)


@dataclass(frozen=True, slots=True)
class Scene:
    """A clause and its surroundings."""

    place: Placed
    clause: Clause
    about: About
    opening: int
    """Characters of the sentence before its first figure: a period there holds for all of it."""
    uncited: str
    """The paragraph with its citations blanked: their dates are no periods of its figures."""

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that the clause stands in."""
        return self.place.paragraph

    @property
    def earlier(self) -> str:
        """What the sentence said before the clause."""
        return self.paragraph.text[self.clause.sentence : self.clause.start]

    @property
    def quote(self) -> str:
        """The clause, on one line."""
        return squeeze(self.clause.text(self.paragraph.text))


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a clause with all that its words tell."""

    figure: Figure
    until: int
    """Where the next figure starts, or the clause ends."""
    since: int
    """Where the figure before ends, or the clause starts."""
    indicator: str
    qualifier: str | None
    responsible: str | None


def about_letter(fields: Sequence[Field]) -> About:
    """What the fields of a letter tell of its figures."""
    values = {field.name: field.value for field in reversed(fields)}
    try:
        issued_on = dt.date.fromisoformat(values.get("issued_on", ""))
    except ValueError:
        issued_on = None
    subject = values.get("subject", "")
    named = [int(year) for year in _YEAR.findall(subject)]
    year = issued_on.year if issued_on else (named[-1] if named else None)
    periods = find_periods(subject, named[-1] if named else year)
    own = [period for period in periods if not in_a_name(subject, period)]
    named_after = [period for period in periods if not period.text.lower().startswith("nhiệm kỳ")]
    return About(values.get("doc_type"), issued_on, year, subject, tuple(own or named_after))


def filled(text: str, spans: Sequence[Span]) -> str:
    """The text, as long as before, with these stretches blanked."""
    for start, end in spans:
        text = text[:start] + "¤" * (end - start) + text[end:]
    return text
