"""Running text through the decoder: lines to pieces, pieces to lattices, the best readings back into tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.repair.capitals import lowered
from pipeline.repair.caution import is_part_of_name, is_roman
from pipeline.repair.decode import Edge, Lattice
from pipeline.repair.doubt import CERTAIN, Rivalries, Rivalry
from pipeline.repair.enumerators import misread_points
from pipeline.repair.evidence import DOUBTFUL, Evidence, gather, reconsider, vouched
from pipeline.repair.fitting import fitting
from pipeline.repair.lattice import Reader, build_lattice
from pipeline.repair.likelihood import NONE
from pipeline.repair.paths import best_paths
from pipeline.repair.people import SURE as SURE_NAME
from pipeline.repair.people import names_in
from pipeline.repair.pieces import ENGINE_STEPS, Kind, Piece, cut_token
from pipeline.repair.rows import Place, Row, rows_of
from pipeline.repair.short_forms import misread_short_forms
from pipeline.repair.specks import parted
from pipeline.vietnamese import fold

UNSURE_NAME = "perhaps a name: kept as read"
_SPLIT_ODDS = 2.0
"""Log odds of a reading that has no rival of its own kind: two words from one, or one from two; more as spelt:"""
_SPELT_ODDS = 4.0
_POINT_ODDS = 4.0
"""Log odds of the letter of a point that the points around it ask for, and of an abbreviation that others ask for."""
_LONG_DASH, _DASH = "—", "–"
"""Office software sets the short dash; of a hundred long ones that an engine read alone, a handful were printed so."""


@dataclass(frozen=True, slots=True)
class Restored:
    """One token as it was most likely printed; empty where it was joined to the next one."""

    text: str
    odds: float = CERTAIN
    """Log odds that the least sure of its pieces is right."""
    reason: str = ""
    """Why it was changed; empty when it was not."""
    score: float = 1.0
    """Probability that the change is right; set by who knows the calibration."""


@dataclass(slots=True)
class _Run:
    """The rows of a text with their lattices and what was chosen in them."""

    rows: list[Row]
    lattices: list[Lattice]
    paths: list[list[int]]
    odds: dict[tuple[int, int], float]
    helped: set[tuple[int, int]]
    """Where the rest of the letter decided."""
    taught: set[tuple[int, int]] = field(default_factory=set)
    """Where a word that people taught was chosen."""
    kept: set[tuple[int, int]] = field(default_factory=set)
    """Where a person's name was too unsure to change."""


Token = tuple[str, int]
"""A token without spaces, and how far the engine is trusted with it (`pieces.trust_of`; 0: it did not say)."""


def restore(
    tokens: Sequence[Sequence[Token]], reader: Reader, evidence: Evidence | None = None
) -> list[list[Restored]]:
    """Each token of each line as it was most likely printed.

    `evidence` is what is known beforehand (from people); the letter's own is added to it.
    """
    cut = [[cut_token(token, trust) for token, trust in line] for line in tokens]
    rows = list(rows_of(cut))
    alone = fitting(rows, reader) if reader.cautious and rows else [[False] * len(row.pieces) for row in rows]
    lattices = [build_lattice(row, left, reader) for row, left in zip(rows, alone, strict=True)]
    paths, rivals = best_paths(lattices, reader)
    run = _Run(rows, lattices, paths, {}, set())
    _weigh(run, rivals, reader, evidence or Evidence())
    if reader.cautious:
        _undo_unsure(run, reader)
    else:
        _keep_unsure_names(run)
    chosen = _chosen(run)
    restored = [[_token((n, t), pieces, chosen) for t, pieces in enumerate(line)] for n, line in enumerate(cut)]
    return _settle(restored, reader) if reader.cautious else restored


def _settle(restored: list[list[Restored]], reader: Reader) -> list[list[Restored]]:
    """Fresh text: words that a point joined are parted; capitals, points of lists and abbreviations put right."""
    settled = [_small([_parted(new, reader) for new in line]) for line in restored]
    points = misread_points([[new.text for new in line] for line in settled])
    for line, letter in points.items():
        settled[line][0] = Restored(f"{letter})", _POINT_ODDS, "the points around it")
    for (line, at), text in misread_short_forms([[new.text for new in row] for row in settled], reader.lexicon).items():
        settled[line][at] = Restored(text, _POINT_ODDS, "the rest of the letter")
    return settled


def _small(line: list[Restored]) -> list[Restored]:
    for at, text in lowered([new.text for new in line]).items():
        line[at] = Restored(text, min(line[at].odds, _SPELT_ODDS), line[at].reason or "capitals")
    return line


def _parted(new: Restored, reader: Reader) -> Restored:
    text = parted(new.text, reader.lexicon)
    if text == new.text:
        return new
    return Restored(text, min(new.odds, _SPELT_ODDS), ", ".join(filter(None, (new.reason, "split"))))


def _weigh(run: _Run, rivals: list[Rivalries], reader: Reader, known: Evidence) -> None:
    """Odds for every choice; the doubtful ones are taken again in the light of the sure ones."""
    for table in rivals:
        places = zip(table.row.tolist(), table.column.tolist(), strict=True)
        run.odds |= dict(zip(places, table.odds().tolist(), strict=True))
    if not reader.weights.evidence:
        return
    own = gather(run.lattices, run.paths, run.odds)
    evidence = Evidence(own.words + known.words, own.pairs + known.pairs)
    for rivalry in (rivalry for table in rivals for rivalry in _to_reconsider(table, run, known)):
        _listen(run, rivalry, evidence)


def _to_reconsider(table: Rivalries, run: _Run, known: Evidence) -> Iterator[Rivalry]:
    """The places that are in doubt, or where a word stands that people taught."""
    doubtful = table.odds() < DOUBTFUL
    for number in range(len(table.row)) if known.words else np.flatnonzero(doubtful).tolist():
        rivalry = table.place(number)
        words = run.lattices[rivalry.row][rivalry.column].first[rivalry.edges].tolist()
        if doubtful[number] or any(known.knows(word) for word in words):
            yield rivalry


def _listen(run: _Run, rivalry: Rivalry, evidence: Evidence) -> None:
    at = (rivalry.row, rivalry.column)
    again = reconsider(rivalry, run.lattices[rivalry.row], run.paths[rivalry.row], evidence)
    if vouched(again, run.lattices[rivalry.row], run.paths[rivalry.row], evidence):
        run.taught.add(at)
    if again.edges[0] != rivalry.edges[0]:
        run.helped.add(at)
    run.paths[rivalry.row][rivalry.column] = int(again.edges[0])
    run.odds[at] = again.odds


def _undo_unsure(run: _Run, reader: Reader) -> None:
    """Fresh text: a change that is not nearly certain is taken back; the word stays, with the odds against it."""
    for row, (pieces, lattice, path) in enumerate(zip(run.rows, run.lattices, run.paths, strict=True)):
        for column, edge in enumerate(path):
            if edge == NONE:
                continue
            piece, options = pieces.pieces[column], lattice[column]
            chosen = options.edges[edge]
            if chosen.text == piece.text or chosen.span > 1:
                continue
            spelt = chosen.text.replace(" ", "") == piece.text
            least = reader.weights.change
            if not spelt and (row, column) not in run.taught and is_part_of_name(pieces, column):
                least += reader.weights.change_name
            odds = run.odds.get((row, column), _alone(piece, chosen))
            if is_roman(chosen.text) or odds < least:
                path[column] = next(i for i, e in enumerate(options.edges) if e.text == piece.text)
                run.odds[row, column] = -odds


def _keep_unsure_names(run: _Run) -> None:
    """Ruined text: what may be a person's name and is not nearly certain stays as it was read, and is marked."""
    for row, (pieces, lattice, path) in enumerate(zip(run.rows, run.lattices, run.paths, strict=True)):
        for name in names_in(pieces, lattice, path):
            run.kept |= {(row, column) for column in name if run.odds.get((row, column), CERTAIN) < SURE_NAME}


def _chosen(run: _Run) -> dict[Place, Restored]:
    """The text, the odds, and why it changed, of each place where there was something to choose."""
    chosen: dict[Place, Restored] = {}
    for row, (pieces, lattice, path) in enumerate(zip(run.rows, run.lattices, run.paths, strict=True)):
        there = zip(pieces.places, pieces.pieces, lattice, path, strict=True)
        for column, (place, piece, options, edge) in enumerate(there):
            if edge == NONE:
                chosen[place] = Restored("", _SPLIT_ODDS, "joined")
                continue
            taken, odds = options.edges[edge], run.odds.get((row, column))
            if taken.text != piece.text:
                chosen[place] = _change(run, (row, column), piece, taken)
            elif odds is not None:
                chosen[place] = Restored(piece.text, odds)
    return chosen


def _change(run: _Run, at: tuple[int, int], piece: Piece, taken: Edge) -> Restored:
    """A piece with another text, unless it may be a name."""
    if at in run.kept:
        return Restored(piece.text, run.odds[at], UNSURE_NAME)
    reason = "the rest of the letter" if at in run.helped else _reason(piece, taken)
    return Restored(taken.text, run.odds.get(at, _alone(piece, taken)), reason)


def _alone(piece: Piece, edge: Edge) -> float:
    """Log odds of another reading that had no rival of its own kind."""
    return _SPELT_ODDS if edge.text.replace(" ", "") == piece.text else _SPLIT_ODDS


def _reason(piece: Piece, edge: Edge) -> str:
    if edge.span > 1:
        return "joined"
    if len(edge.words) > 1:
        return "split"
    return "marks" if fold(edge.text) == fold(piece.text) else "letters"


def _token(place: tuple[int, int], pieces: Sequence[Piece], chosen: dict[Place, Restored]) -> Restored:
    """A token of its pieces; only words have a say in how sure it is."""
    if pieces[0].text == _LONG_DASH and len(pieces) == 1 and 1 <= pieces[0].trust <= ENGINE_STEPS:
        return Restored(_DASH, _SPELT_ODDS, "characters")
    told = [chosen.get((*place, part)) for part in range(len(pieces))]
    if not any(told):
        return Restored("".join([piece.text for piece in pieces]))
    parts = [new or Restored(piece.text) for new, piece in zip(told, pieces, strict=True)]
    reasons = dict.fromkeys(part.reason for part in parts if part.reason)
    words = [part.odds for part, piece in zip(parts, pieces, strict=True) if piece.kind == Kind.WORD]
    return Restored("".join(part.text for part in parts), min(words, default=CERTAIN), ", ".join(reasons))
