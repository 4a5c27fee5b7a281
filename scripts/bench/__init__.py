"""Benchmarks: each prints a table that anyone can print again."""
