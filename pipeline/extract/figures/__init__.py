"""Figures in running text: the number, its unit, what it counts, for when, and whether it is a target or a result."""
