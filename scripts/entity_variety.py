"""Names made up from a grammar, put into marked text: what teaches a recogniser the words around names.

`scripts/entity_grammar.toml` says how bodies, places, offices and programmes are called, `scripts/entity_drill.txt` has
sentences with slots; names of people and places come from the lists of `models/`.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import models_dir
from pipeline.extract.closing.people import given_syllables
from pipeline.extract.names.mentions import Mention

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{(RO|O|N|P0|P|L|R|r|G|V)\}")
_FILLING = re.compile(r"\{(\w+)\}")
_SMALL = 0.12
"""How often a word that may begin with a capital does not."""
_NEXT_BODY = 0.45
"""How often a made body has a level or a place behind its name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is a name of a kind, or none (empty), or of which nothing is known (`?`)."""

    text: str
    kind: str = ""


class Namer:
    """Makes names by chance; the same seed makes the same names."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.grammar: dict[str, Any] = tomllib.loads((_HERE / "entity_grammar.toml").read_text(encoding="utf-8"))
        self.surnames = (models_dir() / "family_names.txt").read_text(encoding="utf-8").split()
        given = given_syllables()
        self.given = list(given), [count**0.5 for count in given.values()]
        self.places: dict[str, list[str]] = {}
        for line in (models_dir() / "places.tsv").read_text(encoding="utf-8").splitlines():
            level, name = line.split("\t")[:2]
            self.places.setdefault(level, []).append(name)

    def _one(self, name: str) -> str:
        return str(self.rng.choice(self.grammar[name]))

    def _weighted(self, name: str) -> str:
        entries = self.grammar[name]
        return str(self.rng.choices([entry[0] for entry in entries], [entry[1] for entry in entries])[0])

    def _syllable(self) -> str:
        return self.rng.choices(*self.given)[0].capitalize()

    def person(self) -> str:
        """A surname and one to three syllables; now and then in capitals, as under a signature."""
        count = self.rng.choices((1, 2, 3), (8, 70, 22))[0]
        given = [self._syllable() for _ in range(count)]
        if count > 1 and self.rng.random() < 0.4:
            given[0] = self.rng.choice(("Văn", "Thị"))
        name = " ".join([self.rng.choice(self.surnames).capitalize(), *given])
        return name.upper() if self.rng.random() < 0.03 else name

    def _fill(self, match: re.Match[str]) -> str:
        slot = match[1]
        if slot in {"province", "district", "commune"}:
            return self.place_name(slot)
        fillers: dict[str, Callable[[], str]] = {
            "place": lambda: self.place_name(self.rng.choice(("province", "district", "commune"))),
            "name": self._title,
            "number": lambda: f"{self.rng.randint(1, 99)}{self.rng.choice(('', '', '', 'A', 'B'))}",
            "person": self.person,
            "small": lambda: self._one("fields").lower(),
            "lower": lambda: _small(self._one("firms")),
            "field": lambda: _small(self._one("fields")) if self.rng.random() < _SMALL else self._one("fields"),
        }
        return fillers[slot]() if slot in fillers else self._one(f"{slot}s")

    def _title(self) -> str:
        """What schools and companies are named: after a person, or two syllables."""
        return self.person().title() if self.rng.random() < 0.4 else f"{self._syllable()} {self._syllable()}"

    def place_name(self, level: str) -> str:
        """A place of that level without its unit; one in six is made up."""
        if self.rng.random() < 0.16:
            return f"{self._syllable()} {self._syllable()}"
        return self.rng.choice(self.places[level])

    def place(self) -> str:
        """A place with its unit, a landmark, or a name that stands alone."""
        return _FILLING.sub(self._fill, self._weighted("places"))

    def body(self) -> str:
        """An organisation: known, part of another, or made of a head and what it deals with, at some level."""
        kind = self.rng.random()
        if kind < 0.15:
            return self._one("known")
        if kind < 0.27:
            return f"{self._one('parts')} {self._one('of_parts')}"
        made = _FILLING.sub(self._fill, self._weighted("heads"))
        if made.split()[0] in {"Phòng", "Khoa", "Trường", "Trung"} and self.rng.random() < _SMALL:
            made = _small(made)
        if self.rng.random() > _NEXT_BODY or made.startswith("Báo"):
            return made
        if self.rng.random() < 0.5:
            return f"{made} {self._one('levels')}"
        level = self.rng.choice(("province", "district", "commune"))
        unit = {
            "province": ("tỉnh ", ""),
            "district": ("huyện ", "thành phố ", "thị xã "),
            "commune": ("xã ", "phường "),
        }
        return f"{made} {self.rng.choice(unit[level])}{self.place_name(level)}"

    def programme(self) -> str:
        """A programme with or without quotes around its name."""
        if self.rng.random() < 0.4:
            return self._one("plain")
        name = self._one("quoted")
        quoted = self.rng.choices((f"“{name}”", f'"{name}"', name), (6, 2, 2))[0]
        return f"{self._one('kinds')} {quoted}"

    def name(self, kind: str) -> str:
        """A name of one of `pipeline.extract.names.mentions.KINDS`."""
        makers = {"organisation": self.body, "person": self.person, "place": self.place, "programme": self.programme}
        return makers[kind]() if kind in makers else self._one("roles" if self.rng.random() < 0.75 else "small_roles")

    def drill(self, sentence: str) -> list[Piece]:
        """A sentence of `entity_drill.txt` with its slots filled."""
        pieces, at = [], 0
        for match in _SLOT.finditer(sentence):
            pieces.append(Piece(sentence[at : match.start()]))
            pieces += self._slot(match[1])
            at = match.end()
        return [*pieces, Piece(sentence[at:])]

    def _slot(self, slot: str) -> list[Piece]:
        if slot == "RO":
            return [Piece(self._one("roles"), "role"), Piece(" "), Piece(self.body(), "organisation")]
        if slot == "V":
            return [Piece(self._one("verbs"))]
        if slot == "P0":
            return [Piece(self.place_name(self.rng.choice(("district", "commune"))), "place")]
        if slot == "L":
            return [Piece(self._one("lands"), "place")]
        if slot in {"R", "r"}:
            return [Piece(self._one("roles" if slot == "R" else "small_roles"), "role")]
        kind = {"O": "organisation", "N": "person", "P": "place", "G": "programme"}[slot]
        return [Piece(self.name(kind), kind)]


def _small(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"


def drills() -> list[str]:
    """The sentences with slots."""
    return (_HERE / "entity_drill.txt").read_text(encoding="utf-8").splitlines()


def pieces_of(text: str, mentions: tuple[Mention, ...], unknown: list[tuple[int, int]]) -> list[Piece]:
    """A marked paragraph cut where names and unknown words begin and end."""
    cuts = sorted([(m.start, m.end, m.kind) for m in mentions] + [(start, end, "?") for start, end in unknown])
    pieces, at = [], 0
    for start, end, kind in cuts:
        if start < at:
            continue
        pieces += [Piece(text[at:start]), Piece(text[start:end], kind)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]


def renamed(pieces: list[Piece], namer: Namer, share: float) -> list[Piece]:
    """The paragraph with that share of its names changed for others of their kind; offices stay as they are."""
    return [
        Piece(namer.name(piece.kind), piece.kind)
        if piece.kind in {"organisation", "person", "place", "programme"} and namer.rng.random() < share
        else piece
        for piece in pieces
    ]
