"""The two halves of cleaning: bringing a page upright and judging it, and carrying out the plan made for it."""

from __future__ import annotations

import dataclasses

import cv2

from pipeline.clean import geometry, photo
from pipeline.clean.binarise import as_image, ink_mask, paper_of, thumbnail
from pipeline.clean.filters import FILTERS, scaled
from pipeline.clean.judge import colour_share, judge
from pipeline.clean.marks import find_marks, lift
from pipeline.clean.plan import Plan, is_blank
from pipeline.nouns import Box, Image, Mark, Page

_STANCE_DPI = 100
_LEVEL_WITHIN = 0.15
"""Degrees of skew that the engine does not mind; turning a page by less only blurs it."""
_COLOUR_FROM = 0.0005
"""Share of strongly coloured pixels from which stamps are looked for."""


def upright(page: Page) -> Page:
    """The page spread flat, turned upright, levelled, judged, in gray, its coloured stamps lifted off."""
    image, steps = _without_ground(page.image)
    stands = geometry.stance(_thumbnail_ink(as_gray(image), page.dpi))
    if stands.rotation:
        image = geometry.turned(image, stands.rotation)
        steps += (f"turn {stands.rotation}",)
    if not stands.certain:
        steps += ("orientation uncertain",)
    skew = stands.skew if stands.certain and abs(stands.skew) > _LEVEL_WITHIN else 0.0
    if skew:
        image = geometry.levelled(image, skew)
        steps += (f"level {skew:+.1f}",)
    colour = colour_share(image)
    marks = find_marks(image, page.dpi) if colour > _COLOUR_FROM else ()
    gray = lift(image, marks) if marks else as_gray(image)
    steps += ("lift marks",) if marks else ()
    judged = judge(gray, page.dpi, skew=stands.skew, colour=colour)
    blank = is_blank(judged)
    return Page(page.number, gray, page.dpi, stands.rotation, skew, blank, judged, steps, marks)


def _without_ground(image: Image) -> tuple[Image, tuple[str, ...]]:
    """The picture with the ground around a photographed sheet cut away, and what was done."""
    corners = photo.sheet_corners(as_gray(image))
    if corners is None or not photo.is_bent(corners, image.shape):
        return image, ()
    return photo.spread_flat(image, corners), ("spread flat",)


def _thumbnail_ink(gray: Image, dpi: int) -> Image:
    factor = max(round(dpi / _STANCE_DPI), 1)
    small = thumbnail(gray, factor)
    return ink_mask(small, paper_of(small, 3))


def carry_out(page: Page, todo: Plan) -> Page:
    """The page after the filters and the scaling of a plan; marks and resolution follow the scaling."""
    image = page.image
    for name in todo.filters:
        image = FILTERS[name](image)
    steps = page.steps + todo.filters
    if todo.scale == 1.0:
        return dataclasses.replace(page, image=image, steps=steps)
    return dataclasses.replace(
        page,
        image=scaled(image, todo.scale),
        dpi=round(page.dpi * todo.scale),
        steps=(*steps, f"scale {todo.scale:.2f}"),
        marks=tuple(_scaled_mark(m, todo.scale) for m in page.marks),
    )


def _scaled_mark(mark: Mark, factor: float) -> Mark:
    x0, y0, x1, y1 = (round(v * factor) for v in (mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1))
    return dataclasses.replace(mark, box=Box(x0, y0, x1, y1))


def as_gray(image: Image) -> Image:
    """The image in gray; the same array when it is gray already."""
    return image if image.ndim == 2 else as_image(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
