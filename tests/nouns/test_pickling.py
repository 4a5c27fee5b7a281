"""What a worker sends comes out of the pickle as it went in."""

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from pipeline.nouns import Box, Line, Word, Zone

SIDES = st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
BOXES = SIDES.map(lambda s: Box(s[0], s[1], s[0] + s[2], s[1] + s[3]))
WORDS = st.builds(
    Word,
    raw=st.text(max_size=6),
    text=st.text(max_size=6),
    box=BOXES,
    confidence=st.floats(0, 1),
    odds=st.none() | st.floats(-20, 20),
)


@given(st.lists(WORDS, max_size=5).map(tuple), st.sampled_from(Zone))
def test_a_line_comes_back_with_all_its_words(words: tuple[Word, ...], zone: Zone) -> None:
    line = Line(words, zone)
    back = pickle.loads(pickle.dumps(line))
    assert back == line
    assert back.zone is zone
    assert copy.deepcopy(line) == line


@given(BOXES)
def test_a_box_comes_back(box: Box) -> None:
    assert pickle.loads(pickle.dumps(box)) == box
