"""A segment without a target is said to be one."""

from reviewtool.model.finding import Severity

CHECK = "untranslated"


def test_a_segment_without_a_target_is_a_warning(examine):
    for target in ("", "  \n"):
        (finding,) = examine("佛山经贸代表团返回。", target)
        assert finding.severity is Severity.WARNING
        assert finding.message == "There is no translation yet."


def test_a_translated_an_omitted_and_an_empty_segment_are_not(examine):
    assert examine("佛山", "Foshan") == []
    assert examine("佛山", "", omitted=True) == []
    assert examine("", "") == []
