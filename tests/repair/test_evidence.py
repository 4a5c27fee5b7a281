"""The rest of the letter, and people, may tip a doubtful reading; what is sure stays."""

from __future__ import annotations

from collections import Counter

import numpy as np

from pipeline.repair.decode import Column, Edge
from pipeline.repair.doubt import Rivalry
from pipeline.repair.evidence import Evidence, gather, reconsider

LAI, CHAU, CHAUS = 10, 11, 12


def lattice() -> list[Column]:
    return [
        Column.of([Edge((LAI,), 0.0, "Lai")]),
        Column.of([Edge((CHAUS,), 0.0, "Châus"), Edge((CHAU,), 0.0, "Châu")]),
    ]


def test_only_sure_readings_are_evidence() -> None:
    sure = gather([lattice()], [[0, 1]], {(0, 1): 9.0})
    unsure = gather([lattice()], [[0, 1]], {(0, 1): 0.5})
    assert sure.pairs[LAI, CHAU] == 1
    assert unsure.pairs[LAI, CHAU] == 0
    assert unsure.words[LAI] == 1


def test_evidence_turns_a_doubtful_choice() -> None:
    rivalry = Rivalry(0, 1, np.array([0, 1]), np.array([-5.0, -5.5], np.float32))
    evidence = Evidence(Counter({CHAU: 3}), Counter({(LAI, CHAU): 3}))
    again = reconsider(rivalry, lattice(), [0, 0], evidence)
    assert again.edges[0] == 1
    assert again.odds > 0


def test_without_evidence_nothing_turns() -> None:
    rivalry = Rivalry(0, 1, np.array([0, 1]), np.array([-5.0, -5.5], np.float32))
    assert reconsider(rivalry, lattice(), [0, 0], Evidence()).edges[0] == 0
