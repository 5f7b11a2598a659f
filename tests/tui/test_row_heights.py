"""Heights are exact where they were asked for, and everywhere once all was measured."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from reviewtool.tui.row_heights import RowHeights

heights = st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=50)


def never():
    return False


def measured_by(rows):
    return RowHeights(len(rows), rows.__getitem__)


@given(heights)
def test_when_all_is_measured_every_row_starts_where_the_one_before_ends(rows):
    layout = measured_by(rows)
    assert layout.measure(never)
    layout.adopt()
    assert [layout.top(index) for index in range(len(rows))] == list(accumulate(rows, initial=0))[:-1]
    assert layout.total == sum(rows)


@given(heights, st.data())
def test_the_row_at_a_line_is_the_one_that_has_it(rows, data):
    layout = measured_by(rows)
    layout.measure(never)
    layout.adopt()
    line = data.draw(st.integers(min_value=0, max_value=sum(rows) - 1))
    index = layout.at(line)
    assert layout.top(index) <= line < layout.top(index) + layout.height(index)


def test_a_line_that_no_row_has_belongs_to_the_nearest():
    layout = measured_by([1, 2, 3])
    assert layout.at(-5) == 0
    assert layout.at(100) == 2


@given(heights, st.data())
def test_a_settled_row_is_exact_and_the_others_have_the_mean_of_those_known(rows, data):
    layout = measured_by(rows)
    index = data.draw(st.integers(min_value=0, max_value=len(rows) - 1))
    layout.settle(index)
    layout.estimate()
    assert {layout.height(place) for place in range(len(rows))} == {rows[index]}


def test_measuring_in_the_background_moves_nothing_until_it_is_adopted():
    layout = measured_by([2, 2, 5, 5])
    layout.settle(0)
    layout.estimate()
    assert not layout.measure(lambda: True)
    while not layout.measure(lambda: True):
        assert layout.total == 8
    assert layout.total == 8
    assert layout.adopt()
    assert layout.total == 14
    assert not layout.adopt()


def test_nothing_is_measured_twice():
    asked = []

    def measure(index):
        asked.append(index)
        return 1

    layout = RowHeights(5, measure)
    layout.settle(3)
    layout.measure(never)
    layout.settle(3)
    layout.measure(never)
    assert sorted(asked) == [0, 1, 2, 3, 4]


def test_a_row_that_became_another_one_is_measured_again():
    rows = [1, 1, 1]
    layout = measured_by(rows)
    layout.measure(never)
    layout.adopt()
    rows[1] = 4
    layout.forget(1)
    assert layout.settle(1)
    assert layout.top(2) == 5
    assert layout.measure(never)


def test_a_row_without_lines_still_has_one():
    layout = measured_by([0])
    layout.settle(0)
    assert layout.total == 1


def test_no_rows_have_no_lines():
    layout = measured_by([])
    layout.estimate()
    assert layout.measure(never)
    assert layout.total == 0
