"""Pages drawn for the tests of cleaning: lines of words with marks above them, seals, dust, shadows."""

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.nouns import Image

DPI = 150
_TEXT = (
    "Thực hiện kế hoạch công tác năm của đơn vị, các tổ trưởng",
    "báo cáo số liệu đã được kiểm tra và gửi về bộ phận tổng hợp",
    "trước ngày mồng mười; mọi chậm trễ đều phải nêu rõ lý do",
    "để lãnh đạo xem xét, quyết định việc khen thưởng hằng quý",
    "Những đề nghị về vật tư, thiết bị xin ghi thành mục riêng",
)


def text_page(lines: int = 30, size: int = 28, shape: tuple[int, int] = (1754, 1240)) -> Image:
    """A white gray page of A4 at 150 dpi with lines of Vietnamese."""
    page = Pillow.new("L", (shape[1], shape[0]), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype("DejaVuSerif.ttf", size)
    for number in range(lines):
        pen.text((120, 150 + round(number * size * 1.6)), _TEXT[number % len(_TEXT)], fill=20, font=font)
    return np.asarray(page, dtype=np.uint8)


def as_rgb(gray: Image) -> Image:
    return np.repeat(gray[..., None], 3, axis=2)


def with_seal(rgb: Image, centre: tuple[int, int], radius: int, colour: tuple[int, int, int]) -> Image:
    """The page with a round seal of coloured ink stamped over what is printed."""
    stamp = np.full_like(rgb, 255)
    cv2.circle(stamp, centre, radius, colour, max(radius // 12, 2))
    cv2.circle(stamp, centre, radius * 2 // 3, colour, max(radius // 15, 2))
    cv2.line(stamp, (centre[0] - radius // 2, centre[1]), (centre[0] + radius // 2, centre[1]), colour, radius // 5)
    return np.minimum(rgb, stamp)


def specks(gray: Image, share: float, seed: int = 3) -> Image:
    """The page with single black and white pixels strewn over so large a share of it."""
    chance = np.random.default_rng(seed).random(gray.shape)
    dirty = gray.copy()
    dirty[chance < share] = 0
    dirty[chance > 1 - share] = 255
    return dirty
