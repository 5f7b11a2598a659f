"""The desk's people and passes."""

from reviewtool.model.language import Language
from reviewtool.model.policy import Pass, Person, Policy, Role

TANG = Person("tang", "Tang", {"en": "Tang", "zh-Hant": "唐", "zh": "唐先生"})
POLICY = Policy(
    (TANG, Person("eleanor", "Eleanor", passes=frozenset({"revision"}))),
    (Pass("translation", Role.TRANSLATOR), Pass("revision", Role.REVISER), Pass("reading", Role.PROOFREADER)),
)


def test_a_name_prints_as_the_language_has_it():
    assert TANG.display(Language.parse("en-GB")) == "Tang"
    assert TANG.display(Language.parse("zh-TW")) == "唐"
    assert TANG.display(Language.parse("zh-CN")) == "唐先生"


def test_a_language_without_a_name_takes_the_usual_one():
    assert TANG.display(Language.parse("ko")) == "Tang"


def test_the_first_pass_translates_and_every_other_revises():
    assert POLICY.translation.name == "translation"
    assert [one.name for one in POLICY.revisions] == ["revision", "reading"]


def test_passes_have_an_order_and_one_no_longer_configured_is_in_none():
    assert POLICY.later("reading", "revision")
    assert not POLICY.later("revision", "reading")
    assert not POLICY.later("revision", "revision")
    assert not POLICY.later("gone", "translation")
    assert not POLICY.later("reading", "gone")


def test_people_act_everywhere_unless_their_passes_are_limited():
    assert POLICY.may_act("tang", "reading")
    assert POLICY.may_act("eleanor", "revision")
    assert not POLICY.may_act("eleanor", "translation")


def test_who_is_not_of_the_desk_acts_nowhere():
    assert not POLICY.may_act("jessica", "revision")


def test_people_rank_as_they_are_listed_and_those_who_left_come_last():
    assert sorted(["jessica", "anna", "eleanor", "tang"], key=POLICY.rank) == ["tang", "eleanor", "anna", "jessica"]
