"""Makes the corpus: letters written for this project are typeset, scanned by a simulator, and laid beside their gold.

The way of one letter: `source` reads it, `typeset` lays it on sheets, `pixels` draws them, `profiles` says what a
scanner does to them with the steps of `degrade`, `gold` says what a perfect reader would answer, `write` writes both.
Every random choice comes from a seed made of the letter's name, the quality and the page, so a scan can be made again
bit for bit with the same libraries and fonts.
"""
