"""Pages drawn for tests: lines of plain capitals at given places, in millimetres of an A4 page."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.nouns import Image, Page

PX_PER_MM = 8


def blank_page(width: int = 210, height: int = 297) -> Image:
    return np.full((height * PX_PER_MM, width * PX_PER_MM), 255, dtype=np.uint8)


def write(image: Image, x: float, y: float, text: str) -> None:
    """Set the text with its left end at x and its base line at y."""
    at = (round(x * PX_PER_MM), round(y * PX_PER_MM))
    cv2.putText(image, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2, cv2.LINE_AA)


def paragraph(image: Image, y: float, lines: int) -> None:
    """Running text over the whole measure, its gaps between words nowhere above each other."""
    words = "noi dung cong tac thuc hien ke hoach nam va cac chi tieu duoc giao cho tung don vi".split()  # noqa: SIM905
    for number in range(lines):
        turned = words[number % len(words) :] + words[: number % len(words)]
        write(image, 30, y + 7 * number, " ".join(turned)[:90])


def header(image: Image, y: float = 20) -> None:
    for row, (left, right) in enumerate(
        [
            ("UY BAN NHAN DAN", "CONG HOA XA HOI CHU NGHIA"),
            ("TINH SON LA", "Doc lap - Tu do"),
            ("So: 12/UBND", "Son La, ngay 5"),
        ]
    ):
        write(image, 30, y + 7 * row, left)
        write(image, 95, y + 7 * row, right)


def closing(image: Image, y: float) -> None:
    for row, left in enumerate(["Noi nhan:", "- Nhu tren;", "- So Noi vu;", "- Luu: VT."]):
        write(image, 30, y + 6 * row, left)
    write(image, 130, y, "CHU TICH")
    write(image, 130, y + 22, "Tran Van Binh")


def as_page(image: Image) -> Page:
    return Page(number=1, image=image, dpi=round(PX_PER_MM * 25.4))
