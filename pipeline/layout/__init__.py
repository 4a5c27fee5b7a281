"""Where things stand on a page: columns told apart before OCR, zones and reading order given after it.

`unfold` stacks the two columns of header and closing block for one OCR call; `arrange` brings what was read back onto
the page; `from_text` gives text without a scan the same form. Lines keep the engine's words: nothing is corrected here.
`part_letters` tells whose letter each page of a file is.
"""

from pipeline.layout.arrange import arrange, assign_zones
from pipeline.layout.bundle import part_letters
from pipeline.layout.plain import from_text
from pipeline.layout.unfold import Piece, Unfolded, unfold

__all__ = ["Piece", "Unfolded", "arrange", "assign_zones", "from_text", "part_letters", "unfold"]
