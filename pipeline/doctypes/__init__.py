"""Kinds of letter as data: one TOML file each, and how a title or a symbol names one."""

from pipeline.doctypes.kinds import CONG_VAN, DocType, load
from pipeline.doctypes.match import TitleMatch, by_symbol, by_title

__all__ = ["CONG_VAN", "DocType", "TitleMatch", "by_symbol", "by_title", "load"]
