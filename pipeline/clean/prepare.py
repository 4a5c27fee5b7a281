"""The two halves of cleaning: turning a page upright and judging it, and carrying out the plan made for it."""

from __future__ import annotations

import dataclasses

import cv2

from pipeline.clean import geometry, photo
from pipeline.clean.binarise import Sizes, as_image, ink_mask, paper_of, thumbnail
from pipeline.clean.filters import FILTERS
from pipeline.clean.gray_seals import find_seals, is_office_seal, without_seals
from pipeline.clean.judge import AsScanned, colour_share, is_bilevel, judge
from pipeline.clean.marks import find_marks, lift
from pipeline.clean.plan import Plan, is_blank
from pipeline.nouns import Image, Judgement, Page
from pipeline.pixels import as_gray

UNCERTAIN = "orientation uncertain"
"""The step of a page whose lines do not say which way up it stands."""
_STANCE_DPI = 100
_COLOUR_FROM = 0.0005
"""Share of strongly coloured pixels from which stamps are looked for."""


def examine(page: Page, turn: int | None = None) -> tuple[Page, Judgement]:
    """The page spread flat, turned upright, gray, its stamps lifted off, not yet levelled; and what it is like.

    Levelling blurs specks into blots, so it comes after the filters that take them out. With `turn` the page is turned
    by so many degrees clockwise, whatever its lines look like.
    """
    sizes = Sizes.of(as_gray(page.image))
    bilevel = is_bilevel(sizes.full)
    image, sizes, steps = _without_ground(page.image, sizes)
    stands = geometry.stance(_thumbnail_ink(sizes, page.dpi))
    rotation = stands.rotation if turn is None else turn
    if rotation:
        image = geometry.turned(image, rotation)
        sizes = Sizes.of(as_gray(image))
        steps += (f"turn {rotation}",)
    if not stands.certain:
        steps += (UNCERTAIN,)
    colour = colour_share(image)
    marks = find_marks(image, page.dpi) if colour > _COLOUR_FROM else ()
    lifted = None
    if marks:
        gray, lifted = lift(image, sizes.full, marks)
        sizes = Sizes.of(gray)
        steps += ("lift marks",)
    seals = () if any(is_office_seal(mark, page.dpi) for mark in marks) else find_seals(sizes, page.dpi)
    without = without_seals(sizes.full, page.dpi, seals)
    if without is not sizes.full:
        sizes = Sizes.of(without)
        steps += ("lift gray seal",)
    marks = tuple(sorted((*marks, *seals), key=lambda mark: mark.box.y0))
    skew = stands.skew if stands.certain else 0.0
    judged = judge(sizes, page.dpi, AsScanned(bilevel, colour, skew))
    ready = Page(page.number, without, page.dpi, rotation, 0.0, is_blank(judged), judged, steps, marks, lifted)
    return ready, judged


def _without_ground(image: Image, sizes: Sizes) -> tuple[Image, Sizes, tuple[str, ...]]:
    """The picture, also in gray, with the ground around a photographed sheet cut away, and what was done."""
    corners = photo.sheet_corners(sizes)
    if corners is None or not photo.is_bent(corners, image.shape):
        return image, sizes, ()
    flat = photo.spread_flat(image, corners)
    return flat, Sizes.of(as_gray(flat)), ("spread flat",)


def _thumbnail_ink(page: Sizes, dpi: int) -> Image:
    small = page.half if dpi >= 2 * _STANCE_DPI else page.full
    factor = page.full.shape[1] / max(round(dpi / _STANCE_DPI), 1) / small.shape[1]
    small = as_image(cv2.resize(small, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR))
    return ink_mask(small, paper_of(thumbnail(small, 6)))


def carry_out(page: Page, judged: Judgement, todo: Plan) -> Page:
    """An examined page after the filters of a plan, levelled and scaled; marks and resolution follow."""
    image, lifted, steps = page.image, page.lifted, page.steps + todo.filters
    for name in todo.filters:
        image = FILTERS[name](image, judged)
    if todo.skew or todo.scale != 1.0:
        image = geometry.levelled(image, todo.skew, todo.scale)
        lifted = None if lifted is None else geometry.levelled(lifted, todo.skew, todo.scale)
        steps += (f"level {todo.skew:+.1f}",) if todo.skew else ()
        steps += (f"scale {todo.scale:.2f}",) if todo.scale != 1.0 else ()
    move = geometry.levelling(todo.skew, todo.scale, page.image.shape)
    return dataclasses.replace(
        page,
        image=image,
        dpi=round(page.dpi * todo.scale),
        skew=todo.skew,
        steps=steps,
        lifted=lifted,
        marks=tuple(dataclasses.replace(m, box=geometry.moved(m.box, move, todo.scale)) for m in page.marks),
    )
