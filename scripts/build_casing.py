"""Builds models/casing.tsv: how the words of organisations' names are written in running text, counted.

Usage: python -m scripts.build_casing OUT TEXT.xz...

A letterhead is set in capitals; the database holds names in sentence case. Which words take a capital (`Sở Giáo dục
và Đào tạo`, `Ủy ban nhân dân`) follows habit more than rule, so it is counted: after each word that opens the name of
an organisation, up to eight words as far as the next punctuation, how often each has a capital, alone and after the
one before it.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from pipeline.vietnamese import normal

OPENERS = (
    "Ủy ban|Hội đồng|Bộ|Sở|Ban|Cục|Chi cục|Tổng cục|Vụ|Viện|Trường|Liên đoàn|Tổng Liên đoàn|Công đoàn|Mặt trận|Hội|"
    "Đoàn|Đảng bộ|Đảng ủy|Tỉnh ủy|Huyện ủy|Thành ủy|Quận ủy|Văn phòng|Phòng|Trung tâm|Bệnh viện|Công ty|Tổng công ty|"
    "Tập đoàn|Ngân hàng|Kho bạc|Bảo hiểm|Tòa án|Viện kiểm sát|Công an|Thanh tra|Học viện|Đại học|Quỹ|Đài|Liên minh|"
    "Hiệp hội|Khoa"
)
_NAME = re.compile(rf"(?<![\w-])(?:{OPENERS})(?: [^\W\d_]+(?:-[^\W\d_]+)?){{1,8}}")
_LEAST = 8
_DIFFERS = 0.25


def main(arguments: list[str]) -> None:
    """Count over all texts, and write one line a word or pair: the words in lower case, tab, share of capitals."""
    out, *texts = map(Path, arguments)
    capitals: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for text in texts:
        with lzma.open(text, "rt", encoding="utf-8") as lines:
            for line in lines:
                for found in _NAME.finditer(normal(line)):
                    _count(found.group().split(), capitals, seen)
    shares = {key: capitals[key] / count for key, count in seen.items() if count >= _LEAST}
    kept = {key: share for key, share in shares.items() if _tells(key, share, shares)}
    out.write_text("".join(f"{key}\t{share:.2f}\n" for key, share in sorted(kept.items())), encoding="utf-8")
    print(f"{len(kept)} words and pairs")


def _count(words: list[str], capitals: Counter[str], seen: Counter[str]) -> None:
    for before, word in pairwise(words):
        if word.isupper() and len(word) > 1:
            continue
        for key in (word.lower(), f"{before} {word}".lower()):
            seen[key] += 1
            capitals[key] += word[0].isupper()


def _tells(key: str, share: float, shares: dict[str, float]) -> bool:
    """A pair is kept where it says something else than its word alone."""
    return " " not in key or abs(share - shares.get(key.split()[1], 1.0)) >= _DIFFERS


if __name__ == "__main__":
    main(sys.argv[1:])
