"""Texts in one piece are the texts, whichever of them are replaced."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewtool.storage.joined import Joined

texts = st.lists(st.text(st.sampled_from("佛é\na "), max_size=6).map(str.encode), min_size=1, max_size=8)


@given(texts)
def test_what_is_joined_comes_out_again(pieces):
    joined = Joined.of(pieces)
    assert joined.data == b"\n\n".join(pieces) + b"\n"
    assert list(joined) == pieces
    assert [joined[place] for place in range(len(pieces))] == pieces


@given(texts, st.data())
def test_with_some_replaced_it_is_as_if_joined_anew(pieces, data):
    replaced = data.draw(st.dictionaries(st.integers(0, len(pieces) - 1), st.binary(max_size=8)))
    before = Joined.of(pieces)
    after = before.replaced(replaced)
    assert after == Joined.of([replaced.get(place, piece) for place, piece in enumerate(pieces)])
    assert before == Joined.of(pieces)
