"""What every table of the field obeys: the words of its headers and totals, and the sums and ratios among its figures.

Knowledge, not a stage: `extract` asks it to tell which alignment of a ruined table is the right one, `check` asks it
which figures contradict each other.
"""
