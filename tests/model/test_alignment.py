"""Texts of a new sequence find the old ones they continue."""

from reviewtool.model.alignment import align


def aligned(old, new):
    return align([(text, False) for text in old], [(text, False) for text in new], range(len(old)))


def test_equal_texts_are_paired_wherever_they_stand():
    assert aligned(["甲", "乙", "丙"], ["丙", "甲", "丁", "乙"]) == {0: 2, 1: 0, 3: 1}


def test_of_equal_texts_the_oldest_comes_first():
    old = [("图", False), ("图", False)]
    assert align(old, old[:1], [1, 0]) == {0: 1}


def test_an_equal_text_of_another_class_is_taken_when_there_is_no_better_one():
    old = [("Foshan", True), ("Foshan", False)]
    assert align(old, [("Foshan", False), ("Foshan", True)], [0, 1]) == {0: 1, 1: 0}
    assert align(old[:1], [("Foshan", False)], [0]) == {0: 0}


def test_a_poor_likeness_is_no_likeness():
    assert aligned(["abcdefgh"], ["abcXXXXX"]) == {}
    assert aligned(["abcdefgh"], ["abcdXXXX"]) == {0: 0}


def test_weak_likeness_does_not_cross_what_stands():
    old = ["The mayor of Foshan spoke.", "甲乙丙丁", "Tea."]
    new = ["Tea.", "甲乙丙丁", "The mayor will not speak."]
    in_order = [*"一二三四五六七八", *old]
    assert aligned(in_order, [*"一二三四五六七八", *old[1:], new[2]]) == {**{n: n for n in range(8)}, 8: 9, 9: 10}


def test_a_rewrite_of_many_texts_is_aligned_in_windows():
    old = [f"Row {number:04} holds what Eleanor wrote about day {number % 17}." for number in range(900)]
    new = [f"{number:04}: what Eleanor once wrote on day {number % 17}; Jessica too." for number in range(900)]
    pairs = aligned(old, new)
    assert len(pairs) == len(set(pairs.values()))
    assert sum(pairs.get(number) == number for number in range(900)) > 800


def test_more_texts_than_can_all_be_compared_are_still_aligned_in_order():
    old = [f"{number} apples and {number * 7} pears" for number in range(2100)]
    new = [f"{number} apples, {number * 7} pears" for number in range(2100)]
    pairs = aligned(old, new)
    assert sum(pairs.get(number) == number for number in range(2100)) > 2000
