"""Values as inputs that know their ink. They come by the thousand in one page, so no template is asked for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.web.language import Say, speaker
from pipeline.web.showing import shown

_SIGN = 2
"""Characters of the longest sign, `>=`: signs are shown as they are, words in the language of the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that can be decided on, with its ink."""

    field: str
    """As in `corrections.field`."""
    label: str
    """Key of its words."""
    stored: str
    """The value as the database has it; `showing.shown` writes it as people do."""
    status: str = ""
    raw: str = ""
    reason: str = ""
    confidence: float | None = None
    page: int | None = None
    box: str = ""
    """x0,y0,x1,y1; empty when no ink is known."""
    choices: tuple[str, ...] = ()
    """The words that it may be; empty when it may be any."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Draws inputs for one visitor."""

    language: str
    may_write: bool

    def one(self, entry: Entry) -> Markup:
        """The input of a value: a list where it may be one of a few words, two lines for the subject."""
        text, label = shown(entry.field, entry.stored, self.language), self._say(entry.label)
        named = Markup(' id="f-%s"') % entry.field.replace(".", "-")
        facts = named + self._facts(entry, text, label)
        if entry.choices:
            off = Markup("" if self.may_write else " disabled")
            return Markup('<select class="cv-value"%s%s>%s</select>') % (facts, off, self._options(entry))
        if entry.field == "subject":
            return Markup('<textarea class="cv-value" rows="2" name="value"%s>%s</textarea>') % (facts, text)
        listed = Markup(' list="kinds"' if entry.field == "doc_type" else "")
        return Markup('<input class="cv-value" name="value" value="%s" autocomplete="off"%s%s>') % (text, listed, facts)

    def labelled(self, entries: Iterable[Entry]) -> Markup:
        """The inputs of a row, each in its label."""
        label = Markup('<label class="cv-of-%s">%s %s</label>')
        return Markup("").join(
            label % (entry.field.rpartition(".")[2], self._say(entry.label), self.one(entry)) for entry in entries
        )

    def grid(self, rows: Iterable[Iterable[Entry | None]]) -> Markup:
        """The rows of a table, a cell without text where a merged one spans."""
        lines = []
        for at, row in enumerate(rows, start=1):
            cells = (self._cell(entry, at, column) for column, entry in enumerate(row, start=1))
            lines.append(f"<tr>{''.join(cells)}</tr>")
        return Markup("".join(lines))

    def _cell(self, entry: Entry | None, row: int, column: int) -> str:
        if entry is None:
            return "<td></td>"
        label = self._say("letter.cell", row=row, column=column)
        facts = self._facts(entry, entry.stored, label)
        return f'<td><input class="cv-value" value="{escape(entry.stored)}"{facts}></td>'

    def _facts(self, entry: Entry, text: str, label: str) -> Markup:
        """What the page's script must know of a value; what says nothing is left out."""
        seen = f' data-seen="{escape(entry.stored)}"' if entry.stored != text else ""
        page = f' data-page="{entry.page}"' if entry.page else ""
        status = f' data-status="{escape(entry.status)}"' if entry.status else ""
        off = "" if self.may_write else " readonly"
        known = f'{seen} data-field="{escape(entry.field)}"{page} data-box="{escape(entry.box)}"{status}'
        return Markup(f'{known} aria-label="{escape(label)}"{off}')

    def _options(self, entry: Entry) -> Markup:
        return Markup("").join(
            Markup('<option value="%s"%s>%s</option>')
            % (word, Markup(" selected" if word == entry.stored else ""), self._word(word))
            for word in entry.choices
        )

    def _word(self, word: str) -> str:
        return self._say(f"choices.{word}") if len(word) > _SIGN or word.isalpha() else word

    @property
    def _say(self) -> Say:
        return speaker(self.language)
