"""From the models' log odds to a probability that holds: of changes scored 0.9, nine in ten are right."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import read_model
from pipeline.errors import ConfigError
from pipeline.repair.recognise import Mode


@dataclass(frozen=True, slots=True)
class Calibration:
    """Steps of log odds, rising, and the probability at each."""

    odds: tuple[float, ...]
    probability: tuple[float, ...]

    def __call__(self, odds: float) -> float:
        """The probability that a change with these odds is right, straight lines between the steps."""
        at = bisect.bisect_right(self.odds, odds)
        if at == 0:
            return self.probability[0]
        if at == len(self.odds):
            return self.probability[-1]
        share = (odds - self.odds[at - 1]) / (self.odds[at] - self.odds[at - 1])
        return self.probability[at - 1] + share * (self.probability[at] - self.probability[at - 1])


def load_calibrations(path: Path) -> dict[Mode, Calibration]:
    """The calibration of each mode, from lines of mode, log odds and probability.

    Raises:
        ConfigError: the file is missing or malformed.
    """
    steps: dict[Mode, list[tuple[float, float]]] = {}
    try:
        for line in read_model(path).splitlines():
            mode, odds, probability = line.split("\t")
            steps.setdefault(Mode(mode), []).append((float(odds), float(probability)))
    except ValueError as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path)) from e
    return {mode: Calibration(*map(tuple, zip(*sorted(found), strict=True))) for mode, found in steps.items()}
