"""Peers on the same pages: who is left out, whose values are right, what the page says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from scripts.bench.peers import PEERS, Outcome, Peer, _first_values, missing, page, share

NOWHERE = Path("/nowhere/bin/python")


def _unread(files: list[Path], folder: Path, python: Path) -> Outcome:
    raise AssertionError("a peer that is not installed is not run")


def test_a_peer_without_its_command_or_package_is_left_out() -> None:
    assert missing(Peer(("no-such-program",), "", _unread), NOWHERE) == "no-such-program"
    assert missing(Peer((), "no-such-package", _unread), NOWHERE) == "no-such-package"
    assert not missing(Peer((), "", _unread), NOWHERE)


def test_congvan_is_first_and_needs_nothing_else() -> None:
    name, ours = next(iter(PEERS.items()))
    assert name == "congvan"
    assert not missing(ours, NOWHERE)


def test_shares_count_letters_with_the_right_value() -> None:
    golds = {"a": {"number": "12/KH-SYT", "date": "2021-07-09"}, "b": {"number": "7-CT/TU", "date": "2019-08-21"}}
    found = {"a": {"number": "12/KH-SYT", "issued_on": "2021-07-09"}, "b": {"number": "7-CT/TW", "issued_on": ""}}
    assert share(found, golds, "number") == "1/2"
    assert share(found, golds, "issued_on") == "1/2"
    assert share({}, golds, "number") == "0/2"


def test_of_many_dates_the_first_stands_for_the_letter() -> None:
    answer: list[dict[str, str | list[str]]] = [{"number": "88/GNP-BV", "date": ["2021-07-09", "2021-07-14"]}]
    assert _first_values(answer) == {"number": "88/GNP-BV", "issued_on": "2021-07-09"}
    assert _first_values([]) == {"number": "", "issued_on": ""}


def test_the_page_tells_versions_letters_and_day() -> None:
    told = page(["| office | congvan | 1.0% |"], "2 (dev)", ["kreuzberg 4.10"], dt.date(2026, 5, 1))
    for word in ("2026-05-01", "kreuzberg 4.10", "2 (dev)", "| office | congvan |"):
        assert word in told
