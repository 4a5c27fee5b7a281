"""The image of a page stands as it stood when its boxes were measured, and the folder of images stays small."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from pipeline.clean import geometry
from pipeline.config import Config, WebConfig
from pipeline.errors import CongvanError, DamagedFile
from pipeline.intake import content_hash
from pipeline.web.images import Wanted, evict, image_of, set_upright


def a_drawing() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """White, with one dark bar off the middle."""
    image = np.full((400, 300), 255, dtype=np.uint8)
    image[80:100, 60:240] = 0
    return image


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.5, -3.0])
def test_ink_lies_where_reading_saw_it(rotation: int, skew: float) -> None:
    shown = np.asarray(set_upright(a_drawing(), rotation, skew))
    seen = geometry.levelled(geometry.turned(a_drawing(), rotation), skew, 1.0)
    assert shown.shape == seen.shape
    different = np.abs(shown.astype(int) - seen.astype(int)) > 128
    assert different.mean() < 0.004


def a_scan(folder: Path) -> Wanted:
    path = folder / "scan.png"
    Pillow.fromarray(a_drawing()).resize((900, 1200)).save(path, dpi=(100, 100))
    return Wanted(path, content_hash(path), 1, 450, 600, 0, 0.0, "[]")


def test_an_image_has_the_size_of_the_boxes_and_is_kept(tmp_path: Path) -> None:
    wanted, cache = a_scan(tmp_path), tmp_path / "cache"
    body = image_of(wanted, cache, Config())
    assert Pillow.open(io.BytesIO(body)).size == (450, 600)
    assert [path.suffix for path in cache.iterdir()] == [".jpg"]
    assert cache.stat().st_mode & 0o077 == 0
    wanted.path.unlink()
    assert image_of(wanted, cache, Config()) == body


def test_another_content_is_not_shown(tmp_path: Path) -> None:
    wanted = a_scan(tmp_path)
    Pillow.new("L", (900, 1200), 255).save(wanted.path, dpi=(100, 100))
    with pytest.raises(DamagedFile, match="changed"):
        image_of(wanted, tmp_path / "cache", Config())


def test_a_lost_original_is_told(tmp_path: Path) -> None:
    wanted = a_scan(tmp_path)
    wanted.path.unlink()
    with pytest.raises(CongvanError):
        image_of(wanted, tmp_path / "cache", Config())


def test_the_oldest_images_go_first(tmp_path: Path) -> None:
    for age, name in enumerate(("new", "middle", "old")):
        (tmp_path / f"{name}.jpg").write_bytes(bytes(100))
        os.utime(tmp_path / f"{name}.jpg", (1_000_000 - age, 1_000_000 - age))
    evict(tmp_path, limit=250)
    assert {path.stem for path in tmp_path.iterdir()} == {"new", "middle"}


def test_the_folder_stays_within_its_limit(tmp_path: Path) -> None:
    config, cache = Config(web=WebConfig(cache_bytes=1)), tmp_path / "cache"
    assert image_of(a_scan(tmp_path), cache, config)
    assert list(cache.iterdir()) == []
