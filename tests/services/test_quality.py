"""Checks run together, and a finding's id is bound to exactly the texts it is about."""

import pytest

from reviewtool.errors import InputError
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.glossary import Glossary, Term
from reviewtool.model.language import Language, LanguagePair
from reviewtool.plugins import registry
from reviewtool.plugins.protocols import CheckedSegment
from reviewtool.services.quality import Quality

ZH_EN = LanguagePair(Language("zh-CN"), Language("en"))
GLOSSARY = Glossary(Language("en"), (Term("代表团", ("delegation",)),))


def segment(target: str, *, id_: str = "0123456789ab", source: str = "代表团走访了15家企业。") -> CheckedSegment:
    return CheckedSegment(id_, "paragraph", source, target)


def found(*segments: CheckedSegment, **settings):
    return said(Quality(registry.checks(), **settings), *segments)


def said(quality: Quality, *segments: CheckedSegment):
    return [one for found in quality.examine(segments, ZH_EN, GLOSSARY) for one in found]


class Installed:
    """A registry of checks that are not installed packages."""

    def __init__(self, *checks):
        self._checks = {check.name: check for check in checks}

    def names(self):
        return tuple(self._checks)

    def create(self, name, options=None):
        return self._checks[name]


class Breaking:
    name = "breaking"

    def __init__(self):
        self.asked = 0

    def examine(self, segment, context):
        self.asked += 1
        yield Finding(self.name, Severity.INFO, "first")
        raise KeyError("limit")


class Repeating:
    name = "repeating"

    def examine(self, segment, context):
        return [Finding(self.name, Severity.INFO, "again", None, (0, 1))] * 2


def test_every_installed_check_looks_at_every_segment():
    findings = found(segment("They visited  firms"), segment("", id_="ba9876543210"))
    assert [(one.segment, one.finding.check) for one in findings] == [
        ("0123456789ab", "digits"),
        ("0123456789ab", "end-punctuation"),
        ("0123456789ab", "spaces"),
        ("0123456789ab", "terms"),
        ("ba9876543210", "untranslated"),
    ]


def test_a_good_translation_has_no_findings():
    assert found(segment("The delegation visited 15 companies.")) == []


def test_a_check_that_is_off_says_nothing():
    findings = found(segment("They visited  firms"), off={"digits", "terms", "spaces"})
    assert [one.finding.check for one in findings] == ["end-punctuation"]


def test_a_check_that_is_not_installed_cannot_be_off_or_have_options():
    for settings in ({"off": {"digit"}}, {"options": {"digit": {}}}):
        with pytest.raises(InputError, match=r"names a check 'digit' that is not installed; there are digits, "):
            found(segment("x"), **settings)


def test_options_reach_their_check():
    with pytest.raises(InputError, match="The check 'digits' takes no option 'limit'"):
        found(segment("x"), options={"digits": {"limit": 3}})


def test_an_id_is_twelve_hex_digits_and_the_same_each_time():
    first, second = found(segment("They went.")), found(segment("They went."))
    assert [one.id for one in first] == [one.id for one in second]
    assert all(len(one.id) == 12 and int(one.id, 16) >= 0 for one in first)


def test_an_id_does_not_survive_a_change_of_either_text_or_the_segment():
    kept = {one.id for one in found(segment("They went"))}
    assert kept
    for other in (
        segment("They go"),
        segment("They went", source="代表团走访了15家 企业。"),
        segment("They went", id_="ba9876543210"),
    ):
        assert kept.isdisjoint(one.id for one in found(other))


def test_an_id_survives_another_form_of_the_same_characters():
    composed, decomposed = segment("15 caf\u00e9s"), segment("15 cafe\u0301s")
    assert [one.id for one in found(composed, off={"end-punctuation"})] == [
        one.id for one in found(decomposed, off={"end-punctuation"})
    ]


def test_a_check_that_breaks_is_named_once_and_the_others_go_on():
    breaking = Breaking()
    quality = Quality(Installed(breaking, Repeating()))
    findings = said(quality, segment("a"), segment("b", id_="ba9876543210"))
    assert [one.finding.check for one in findings] == ["breaking", "repeating", "repeating"]
    assert findings[0].finding.severity is Severity.ERROR
    assert findings[0].finding.message.startswith("The check 'breaking' breaks on this segment")
    assert breaking.asked == 1


def test_the_same_finding_twice_is_one():
    assert len(said(Quality(Installed(Repeating())), segment("a"))) == 1


def test_each_segment_has_its_findings_and_one_without_has_none():
    each = list(Quality(Installed(Repeating()), off={"repeating"}).examine([segment("a"), segment("b")], ZH_EN))
    assert each == [(), ()]
    each = list(Quality(Installed(Repeating())).examine([segment("a"), segment("b")], ZH_EN))
    assert [len(one) for one in each] == [1, 1]


def test_checks_are_made_once():
    quality = Quality(registry.checks())
    made = []
    create = quality._registry.create
    quality._registry.create = lambda name, options: made.append(name) or create(name, options)
    assert said(quality, segment("They visited  firms")) == said(quality, segment("They visited  firms"))
    assert made == list(registry.checks().names())
