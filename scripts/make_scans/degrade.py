"""What copiers, scanners and phones do to a page: each step takes a frame and gives a frame, whatever its size.

A step is made with its strength (`skew(0.4)`) and used with a source of chance, so a quality is a tuple of steps.
Pixels are H x W (gray) or H x W x 3 (RGB), uint8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pil
from PIL import ImageFilter

from pipeline.nouns import Box, Image

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A page on its way through the scanner."""

    image: Image
    dpi: int
    matrix: Floats
    """3 x 3: from the pixels of the page as drawn to the pixels here, homogeneous coordinates."""
    rotation: int = 0
    """Degrees clockwise that bring the page upright again."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[1], self.image.shape[0]


Step = Callable[[Frame, np.random.Generator], Frame]


def frame_of(image: Image, dpi: int) -> Frame:
    """A page just drawn."""
    return Frame(image, dpi, np.eye(3))


def moved_box(frame: Frame, box: Box) -> Box:
    """Where a box of the drawn page lies now: the upright box around its four corners, cut to the frame."""
    corners = np.array([[box.x0, box.x1, box.x1, box.x0], [box.y0, box.y0, box.y1, box.y1], [1, 1, 1, 1]])
    x, y, w = frame.matrix @ corners
    x, y = np.clip(x / w, 0, frame.size[0]), np.clip(y / w, 0, frame.size[1])
    return Box(int(x.min()), int(y.min()), int(np.ceil(x.max())), int(np.ceil(y.max())))


def gray() -> Step:
    """Colour is lost."""
    return lambda frame, _: replace(frame, image=np.asarray(Pil.fromarray(frame.image).convert("L")).copy())


def skew(most: float) -> Step:
    """The sheet lies askew by up to `most` degrees, at least a quarter of that."""

    def step(frame: Frame, rng: np.random.Generator) -> Frame:
        angle = np.deg2rad(float(rng.uniform(most / 4, most)) * float(rng.choice([-1.0, 1.0])))
        cx, cy = frame.size[0] / 2, frame.size[1] / 2
        c, s = np.cos(angle), np.sin(angle)
        turn = np.array([[c, -s, cx - c * cx + s * cy], [s, c, cy - s * cx - c * cy], [0, 0, 1]])
        return _warp(frame, turn, frame.size, _PAPER)

    return step


def perspective(strength: float) -> Step:
    """A phone held not quite level: each corner strays by up to `strength` of the page's width."""

    def step(frame: Frame, rng: np.random.Generator) -> Frame:
        width, height = frame.size
        corners = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
        inward = rng.uniform(0.2, 1.0, (4, 2)) * strength * width * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
        return _warp(frame, _homography(corners, corners + inward), frame.size, _DESK)

    return step


def turned(quarters: tuple[int, ...]) -> Step:
    """Fed the wrong way: turned clockwise by one of the given quarter turns."""

    def step(frame: Frame, rng: np.random.Generator) -> Frame:
        quarter = int(rng.choice(quarters)) % 4
        width, height = frame.size
        matrix = {
            0: np.eye(3),
            1: np.array([[0, -1, height], [1, 0, 0], [0, 0, 1.0]]),
            2: np.array([[-1, 0, width], [0, -1, height], [0, 0, 1.0]]),
            3: np.array([[0, 1, 0], [-1, 0, width], [0, 0, 1.0]]),
        }[quarter]
        image = np.ascontiguousarray(np.rot90(frame.image, -quarter))
        upright = (frame.rotation - 90 * quarter) % 360
        return replace(frame, image=image, matrix=matrix @ frame.matrix, rotation=upright)

    return step


def resample(dpi: int) -> Step:
    """Scanned at another resolution."""

    def step(frame: Frame, _: np.random.Generator) -> Frame:
        factor = dpi / frame.dpi
        size = (max(1, round(frame.size[0] * factor)), max(1, round(frame.size[1] * factor)))
        image = np.asarray(Pil.fromarray(frame.image).resize(size, Pil.Resampling.BOX)).copy()
        scaling = np.diag([size[0] / frame.size[0], size[1] / frame.size[1], 1.0])
        return replace(frame, image=image, dpi=dpi, matrix=scaling @ frame.matrix)

    return step


def blur(sigma: float) -> Step:
    """Optics out of focus; `sigma` in pixels at 300 dpi."""

    def step(frame: Frame, _: np.random.Generator) -> Frame:
        soft = Pil.fromarray(frame.image).filter(ImageFilter.GaussianBlur(sigma * frame.dpi / 300))
        return replace(frame, image=np.asarray(soft).copy())

    return step


def noise(sigma: float) -> Step:
    """Grain of the sensor: normal, `sigma` in gray levels."""

    def step(frame: Frame, rng: np.random.Generator) -> Frame:
        grain = rng.normal(0.0, sigma, frame.image.shape[:2]).astype(np.float32)
        return replace(frame, image=_clipped(frame.image + _as_layers(grain, frame.image)))

    return step


def faded(ink: float, paper: float) -> Step:
    """Toner runs low and paper yellows: black rises to `ink`, white sinks to `paper` (gray levels)."""

    def step(frame: Frame, _: np.random.Generator) -> Frame:
        levels = frame.image.astype(np.float32) * np.float32((paper - ink) / 255)
        return replace(frame, image=_clipped(levels + np.float32(ink)))

    return step


def specks(per_megapixel: float) -> Step:
    """Dust and toner: dark dots of one to three pixels a side."""
    return lambda frame, rng: _dots(frame, rng, per_megapixel, (0, 90))


def dropouts(per_megapixel: float) -> Step:
    """Ink that did not take: light dots, seen where they hit a letter."""
    return lambda frame, rng: _dots(frame, rng, per_megapixel, (190, 256))


def _dots(frame: Frame, rng: np.random.Generator, per_megapixel: float, levels: tuple[int, int]) -> Frame:
    image = frame.image.copy()
    width, height = frame.size
    count = int(rng.poisson(per_megapixel * width * height / 1e6))
    xs, ys = rng.integers(0, width, count), rng.integers(0, height, count)
    wide, high = rng.integers(1, 4, count), rng.integers(1, 4, count)
    shades = rng.integers(*levels, count)
    for down in range(3):
        for across in range(3):
            hit = (wide > across) & (high > down) & (xs + across < width) & (ys + down < height)
            image[ys[hit] + down, xs[hit] + across] = _as_layers(shades[hit].astype(np.float32), image).astype(np.uint8)
    return replace(frame, image=image)


def shading(strength: float) -> Step:
    """Uneven light: the page darkens towards one side and under a fold, by up to `strength` of its brightness."""

    def step(frame: Frame, rng: np.random.Generator) -> Frame:
        width, height = frame.size
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        angle, fold = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.2, 0.8))
        across = (np.cos(angle) * (x / width - 0.5) + np.sin(angle) * (y / height - 0.5)) + 0.5
        dip = np.exp(-(((x / width - fold) / 0.06) ** 2)) * float(rng.uniform(0.0, 0.5))
        light = 1.0 - strength * np.clip(0.75 * across + dip, 0.0, 1.0)
        return replace(frame, image=_clipped(frame.image * _as_layers(light.astype(np.float32), frame.image)))

    return step


def black_edge(share: float) -> Step:
    """The lid was open: a dark strip along one side, up to `share` of the width."""

    def step(frame: Frame, rng: np.random.Generator) -> Frame:
        image = frame.image.copy()
        strip = int(rng.uniform(0.3, 1.0) * share * frame.size[0])
        if strip and rng.random() < 0.5:
            image[:, :strip] = 25
        elif strip:
            image[:, -strip:] = 25
        return replace(frame, image=image)

    return step


def bilevel(threshold: int) -> Step:
    """Black or white, nothing between; below `threshold` is black. The image is 0 and 255."""

    def step(frame: Frame, _: np.random.Generator) -> Frame:
        flat = np.asarray(Pil.fromarray(frame.image).convert("L"))
        return replace(frame, image=np.where(flat < threshold, 0, 255).astype(np.uint8))

    return step


_PAPER = (255, 255, 255)
_DESK = (96, 82, 70)
"""What shows around a sheet: the white lid of a scanner, the wood under a photographed page."""


def _warp(frame: Frame, matrix: Floats, size: tuple[int, int], around: tuple[int, int, int]) -> Frame:
    back = np.linalg.inv(matrix)
    back = back / back[2, 2]
    source = Pil.fromarray(frame.image)
    paper: int | tuple[int, ...] = around[1] if frame.image.ndim == 2 else around
    coefficients = [float(v) for v in back.ravel()[:8]]
    turned_image = source.transform(
        size, Pil.Transform.PERSPECTIVE, coefficients, resample=Pil.Resampling.BICUBIC, fillcolor=paper
    )
    return replace(frame, image=np.asarray(turned_image).copy(), matrix=matrix @ frame.matrix)


def _homography(source: Floats, goal: Floats) -> Floats:
    """The 3 x 3 matrix that takes four points to four others."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, goal, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    solved = np.linalg.solve(np.array(rows), np.array(right))
    return np.append(solved, 1.0).reshape(3, 3)


def _as_layers(values: NDArray[np.float32], image: Image) -> NDArray[np.float32]:
    """The values once more for each colour when the image has colours."""
    return values[..., None] if image.ndim == 3 else values


def _clipped(values: NDArray[np.float32]) -> Image:
    clipped: Image = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return clipped
