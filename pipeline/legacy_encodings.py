"""Vietnamese typed before Unicode: TCVN3 (ABC), VNI and VPS fonts recognised in text, and turned into Unicode.

Such fonts draw Vietnamese letters at the code points of Western European ones, so what prints as `Cộng hòa` is stored
as `Céng hßa`. Text arrives here as a program without the font saw it: each byte as a Windows-1252 or Latin-1 character.

The tables follow TCVN 5712:1993 (third set, the `.Vn…` fonts), the VNI-Windows fonts (`VNI-…`) and the VPS fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from pipeline.vietnamese import is_syllable

_SMALL = (
    "à á ả ã ạ â ầ ấ ẩ ẫ ậ ă ằ ắ ẳ ẵ ặ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị "
    "ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ"
)

# The byte of each letter of _SMALL. TCVN3 has no codes for toned capitals: a second font draws these as capitals.
_TCVN3_SMALL = bytes.fromhex(
    "b5b8b6b7b9 a9c7cac8c9cb a8bbbebcbdc6 ae ccd0cecfd1 aad2d5d3d4d6 d7ddd8dcde"
    "dfe3e1e2e4 abe5e8e6e7e9 aceaedebecee eff3f1f2f4 adf5f8f6f7f9 fafdfbfcfe"
)
_TCVN3_CAPITALS = {0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ"}
_VPS_SMALL = bytes.fromhex(
    "e0e1e4e3e5 e2c0c3c4c5c6 e6a2a1a3a4a5 c7 e8e9c8ebcb ea8a898bcd8c ecedccefce"
    "f2f3d5f586 f4d2d3b087b6 d6a9a7aaabae f9fafbdbf8 dcd8d9babbbf ff9a9bcf9c"
)
_VPS_CAPITALS = {
    0x80: "À", 0xC1: "Á", 0x81: "Ả", 0x82: "Ã", 0xC2: "Â", 0x84: "Ầ", 0x83: "Ấ", 0x85: "Ẩ", 0x88: "Ă",
    0x8E: "Ằ", 0x8D: "Ắ", 0x8F: "Ẳ", 0xF0: "Ẵ", 0xF1: "Đ", 0xD7: "È", 0xC9: "É", 0xDE: "Ẻ", 0xFE: "Ẽ",
    0xCA: "Ê", 0x93: "Ề", 0x90: "Ế", 0x94: "Ể", 0x95: "Ễ", 0xB5: "Ì", 0xB4: "Í", 0xB7: "Ỉ", 0xB8: "Ĩ",
    0xBC: "Ò", 0xB9: "Ó", 0xBD: "Ỏ", 0xBE: "Õ", 0xD4: "Ô", 0x97: "Ồ", 0x96: "Ố", 0x98: "Ổ", 0x99: "Ỗ",
    0xF7: "Ơ", 0x9E: "Ờ", 0x9D: "Ớ", 0x9F: "Ở", 0xA6: "Ỡ", 0xA8: "Ù", 0xDA: "Ú", 0xD1: "Ủ", 0xAC: "Ũ",
    0xD0: "Ư", 0xAF: "Ừ", 0xAD: "Ứ", 0xB1: "Ử", 0xB2: "Ỳ", 0xDD: "Ý", 0xFD: "Ỷ", 0xB3: "Ỹ",
}  # fmt: skip
# VNI writes the base letter, then a character for its marks; a few letters have a character of their own.
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302",
    "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile("([aeouyôö])([" + "".join(_VNI_MARKS) + "])|([" + "".join(_VNI_LETTERS) + "])", re.IGNORECASE)

_WORD = re.compile(r"[^\s!-@\[-`{-~“”]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_PLAIN = re.compile(r"[A-Za-z]")
_UNICODE_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ăĂđĐơƠưƯ\u0300-\u0323]")
_MIN_WORDS = 3
_MIN_VALID = 0.8


def decode_legacy(text: str) -> tuple[str, str | None]:
    """The text in Unicode and the old encoding it was in (`tcvn3`, `vni`, `vps`); the text unchanged and None for none.

    Decided by the words with characters beyond ASCII: read by the right table, nearly all are Vietnamese syllables.
    A text may mix old fonts and Unicode (a new header on an old body), so lines that already hold letters which only
    Unicode has are left as they are.
    """
    lines = text.split("\n")
    old = [line for line in lines if not _UNICODE_VIETNAMESE.search(line)]
    name = _recognise("\n".join(old))
    if name is None:
        return text, None
    decode = _DECODERS[name]
    return "\n".join(line if _UNICODE_VIETNAMESE.search(line) else decode(line) for line in lines), name


def _recognise(text: str) -> str | None:
    words = [w for w in _WORD.findall(text) if _FOREIGN.search(w) and _PLAIN.search(w)]
    if len(words) < _MIN_WORDS:
        return None
    shares = {name: _valid_share([decode(w) for w in words]) for name, decode in _DECODERS.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] < _MIN_VALID or shares[best] <= _valid_share(words):
        return None
    return best


def _valid_share(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words)


def _as_bytes(text: str) -> str:
    """Each character as its Latin-1 one: Windows-1252 shows the bytes 80 to 9F as dashes, quotes and the like."""
    return "".join(_BYTE_VIEW.get(c, c) for c in text)


def _byte_view() -> dict[str, str]:
    # What PDF producers make of a middle dot, a micro sign and a florin sign: characters that look like them.
    view = {"\u2219": "\u00b7", "\u03bc": "\u00b5", "\u0192": "\u0083"}
    for byte in range(0x80, 0xA0):
        try:
            view[bytes([byte]).decode("cp1252")] = chr(byte)
        except UnicodeDecodeError:  # five bytes that Windows-1252 leaves empty
            continue
    return view


_BYTE_VIEW = _byte_view()


def _byte_table(small: bytes, capitals: dict[int, str]) -> dict[int, str]:
    return dict(zip(small, _SMALL.split(), strict=True)) | capitals


_TCVN3 = _byte_table(_TCVN3_SMALL, _TCVN3_CAPITALS)
_VPS = _byte_table(_VPS_SMALL, _VPS_CAPITALS)


def _decode_tcvn3(text: str) -> str:
    return "\n".join(_capitals_font(line) for line in _as_bytes(text).split("\n"))


def _capitals_font(line: str) -> str:
    """One line; words stand in capitals where their plain letters do: toned capitals have no codes of their own."""
    if _all_capitals(line, at_least=4):
        return line.translate(_TCVN3).upper()
    return _WORD.sub(lambda m: _in_capitals(m.group().translate(_TCVN3), m.group()), line)


def _in_capitals(decoded: str, word: str) -> str:
    return decoded.upper() if _all_capitals(word, at_least=2) else decoded


def _all_capitals(text: str, at_least: int) -> bool:
    plain = [c for c in text if c.isascii() and c.isalpha()]
    return len(plain) >= at_least and all(c.isupper() for c in plain)


def _decode_vps(text: str) -> str:
    return _as_bytes(text).translate(_VPS)


def _decode_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    base, mark, alone = match.groups()
    letter = base or alone
    small = _VNI_LETTERS.get(letter.lower(), letter.lower())
    marked = unicodedata.normalize("NFC", small + (_VNI_MARKS[mark.lower()] if mark else ""))
    return marked.upper() if letter.isupper() else marked


_DECODERS: dict[str, Callable[[str], str]] = {"tcvn3": _decode_tcvn3, "vni": _decode_vni, "vps": _decode_vps}
