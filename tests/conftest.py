"""Properties are tried with the same examples each time and no clock; `--hypothesis-profile explore` tries new ones."""

from hypothesis import settings

settings.register_profile("congvan", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("congvan")
