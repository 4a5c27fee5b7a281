"""The register fields of a letter: number, date, place, issuer, kind, subject, signer, stamps, each with its ink."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from pipeline.config import ExtractConfig
from pipeline.doctypes import CONG_VAN, load
from pipeline.extract.agreement import settled
from pipeline.extract.citations.annexes import letters_annexed, read_annexes
from pipeline.extract.closing.signature import read_signature
from pipeline.extract.findings import Finding, as_field
from pipeline.extract.letterhead.draft_or_copy import read_draft_or_copy
from pipeline.extract.letterhead.filing import read_filing
from pipeline.extract.letterhead.header import Head, head_of
from pipeline.extract.letterhead.implied_places import with_implied_places
from pipeline.extract.letterhead.incoming import read_incoming
from pipeline.extract.letterhead.issued import read_issued
from pipeline.extract.letterhead.issuer import read_issuer
from pipeline.extract.letterhead.language import read_language
from pipeline.extract.letterhead.levels import level_of
from pipeline.extract.letterhead.number import read_number, read_other_numbers
from pipeline.extract.letterhead.stamps import read_stamps
from pipeline.extract.letterhead.subject import find_title, read_kind, read_subject
from pipeline.extract.letterhead.symbols import Vouched
from pipeline.extract.words.bodies import initials, load_bodies
from pipeline.nouns import Field, Letter


def read_fields(letter: Letter, config: ExtractConfig | None = None) -> tuple[Field, ...]:
    """The fields that the letter shows, one each; what it does not show is not there.

    Names are the columns of `documents`, besides `number_serial` and `number_symbol`, the parts of the number,
    `filed_under`, `drafter` and `copies`, what the line of the file says, and `incoming_number` and `incoming_on`, what
    the receiving office's stamp says. A value that is empty was seen but could not be read (a handwritten day): it
    points a person to the ink.
    """
    head = head_of(letter)
    if head is None:
        return ()
    accept_at = (config or ExtractConfig()).accept_at
    filing = read_filing(letter)
    heading = settled(_letterhead(head, filing), letters_annexed(letter))
    found = (*heading, *read_signature(letter), *filing, *read_annexes(letter), *read_draft_or_copy(letter, head))
    return tuple(as_field(finding, accept_at) for finding in found)


def _letterhead(head: Head, filing: tuple[Finding, ...]) -> tuple[Finding, ...]:
    kinds = load()
    title = find_title(head, kinds)
    names = tuple(finding.value for finding in read_issuer(head, ()))
    abbreviations = frozenset(short for kind in kinds for short in kind.abbreviations)
    known_codes = abbreviations | frozenset(load_bodies().short) | _issuer_codes(names[:1])
    kind = title.match.kind if title else next(kind for kind in kinds if kind.name == CONG_VAN)
    vouched = Vouched(
        kinds=kind.abbreviations,
        bodies=names,
        filed=tuple(finding.value for finding in filing if finding.name == "filed_under"),
        listed=frozenset(load_bodies().short),
    )
    number = read_number(head, title.match.kind if title else None, known_codes, vouched)
    codes = _codes(number)
    issued = read_issued(head)
    return (
        *number,
        *(read_other_numbers(head) if number else ()),
        *issued,
        *_with_level(with_implied_places(read_issuer(head, codes), head, load_bodies())),
        *read_kind(head, title, codes, kinds),
        *read_subject(head, title),
        *read_stamps(head),
        *read_incoming(head, _date(issued)),
        *read_language(head),
    )


def _date(issued: tuple[Finding, ...]) -> dt.date | None:
    """The letter's own date, when it was read whole."""
    value = next((finding.value for finding in issued if finding.name == "issued_on"), "")
    return dt.date.fromisoformat(value) if value else None


def _with_level(bodies: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The bodies, and the level of the issuer where its name tells it."""
    issuer = next((body for body in bodies if body.name == "issuer"), None)
    level = level_of(issuer.value, load_bodies()) if issuer else None
    if issuer is None or level is None:
        return bodies
    return (*bodies, replace(issuer, name="issuer_level", value=level, rule="issuer: its level"))


def _codes(number: tuple[Finding, ...]) -> tuple[str, ...]:
    """The parts of the symbol, `QĐ` and `UBND`, whether or not the digits before it were read."""
    symbol = next((finding.value for finding in number if finding.name == "number_symbol"), "")
    return tuple(part for part in re.split(r"[-/]", symbol) if part)


def _issuer_codes(names: tuple[str, ...]) -> frozenset[str]:
    """What the symbol may make of the issuer's name, with and without its first letter."""
    made = [initials(name) for name in names]
    return frozenset((*made, *(letters[1:] for letters in made if len(letters) > 2)))
