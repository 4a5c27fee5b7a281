"""What all tests start from.

Properties are tried with the same examples each time and no clock; `--hypothesis-profile explore` tries new ones.
"""

import signal

from hypothesis import settings

settings.register_profile("congvan", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("congvan")

# A shell that starts a command behind it (`make test &`) has it ignore Ctrl-C, and so would every program the tests
# start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
