"""Bylines: names from signatures that stand, credits from the article, printed as the house does."""

from dataclasses import replace

import msgspec
import pytest

from reviewtool.model.article import Credit
from reviewtool.model.byline import HouseStyle, byline, credit_line, default_label
from reviewtool.model.language import Language
from reviewtool.model.ledger import event_id, fields
from reviewtool.model.policy import Pass, Person, Role
from reviewtool.model.signoff import Standing, digest
from tests.model.desk import FOUNDING, SLUG, Desk

PHOTO = Credit("photo", ("Foshan Commerce",))
HOUSE = HouseStyle(separators={"en": {"photo": "丨"}})
CHINESE = Language.parse("zh-CN")


@pytest.fixture
def desk() -> Desk:
    """The founding edition: Tang, then Eleanor and Jessica."""
    desk = Desk()
    one = desk.add("佛山代表团出访日韩")
    desk.write("tang", one, "Foshan Delegation Visits Japan and South Korea")
    desk.sign("tang", "translation")
    for person in ("eleanor", "jessica"):
        desk.approve(person, one)
        desk.sign(person, "revision")
    return desk


def printed(desk: Desk, *given: Credit, style: HouseStyle = HOUSE, draft: bool = False) -> list[str]:
    return [str(line) for line in byline(desk.standing, given, style, draft=draft)]


def by_hand(desk: Desk, **values: object) -> None:
    """Change the last event of the record, its id fitting."""
    changed = msgspec.structs.replace(desk.events[-1], **values)
    desk.events[-1] = msgspec.structs.replace(changed, id=event_id(fields(changed)))


# The founding byline


def test_it_is_the_founding_byline(desk):
    assert printed(desk, PHOTO) == ["Author | Tang", "Reviser | Eleanor, Jessica", "Photo丨Foshan Commerce"]


def test_a_signature_that_does_not_stand_gives_no_name(desk):
    desk.put(desk.segments[0].id, "Foshan Delegation Visits Asia")
    assert printed(desk, PHOTO) == ["Photo丨Foshan Commerce"]


def test_a_pass_half_signed_names_who_signed(desk):
    desk.withdraw("eleanor", "revision")
    assert printed(desk) == ["Author | Tang", "Reviser | Jessica"]


def test_an_unfinished_export_names_nobody_of_a_pass(desk):
    assert printed(desk, PHOTO, draft=True) == ["Photo丨Foshan Commerce"]


def test_nothing_typed_adds_a_name_to_a_pass(desk):
    claimed = [Credit("author", ("Anna",)), Credit("reviser", ("Anna",))]
    assert printed(desk, *claimed) == ["Author | Tang", "Reviser | Eleanor, Jessica", "Original by | Anna"]
    assert printed(desk, *claimed, draft=True) == ["Original by | Anna"]


def test_the_sources_author_has_a_label_of_their_own(desk):
    for tag in ("en", "zh-CN", "zh-TW", "ja", "ko", "fr"):
        language = Language.parse(tag)
        passes = {default_label(role, language) for role in Role}
        assert default_label("author", language) not in passes


# Names


def test_a_name_prints_as_it_was_signed(desk):
    desk.policy = replace(FOUNDING, people=(Person("tang", "Tang Wei"), *FOUNDING.people[1:]))
    assert printed(desk)[0] == "Author | Tang"


@pytest.mark.parametrize(
    ("name", "prints"),
    [
        ("Jessica\nAuthor | Anna", "Jessica Author | Anna"),
        ("  Jessica\u3000 Li ", "Jessica Li"),
        ("\u202eaciss\u202c", "\ufffdaciss\ufffd"),
    ],
)
def test_a_name_stays_on_its_line_and_turns_nothing_round(desk, name, prints):
    by_hand(desk, name=name)
    assert printed(desk)[1] == f"Reviser | Eleanor, {prints}"


# House styles


def test_lines_are_labelled_in_the_editions_language():
    people = (Person("tang", "Tang", {"zh": "唐"}), *FOUNDING.people[1:])
    desk = Desk(replace(FOUNDING, people=people, passes=FOUNDING.passes[:1]))
    one = desk.add("Furniture makers travel east")
    desk.write("tang", one, "家具企业东行")
    desk.sign("tang", "translation")
    texts = desk.standing.texts
    by_hand(desk, name="唐", digest=digest(SLUG, CHINESE, "translation", texts))
    standing = Standing(SLUG, CHINESE, desk.segments, desk.ledger, desk.policy)
    lines = byline(standing, (Credit("photo", ("佛山商务", "新华社")),), HouseStyle())
    assert [str(line) for line in lines] == ["作者 | 唐", "摄影 | 佛山商务、新华社"]


@pytest.mark.parametrize(
    ("tag", "label"),
    [("en-GB", "Reviser"), ("zh-CN", "审校"), ("zh-TW", "審校"), ("ja", "校閲"), ("ko", "감수"), ("fr", "Reviser")],
)
def test_every_language_has_labels(tag, label):
    assert default_label("reviser", Language.parse(tag)) == label


def test_labels_are_configured_by_pass_or_by_role(desk):
    by_pass = HouseStyle(labels={"en": {"revision": "Checked by"}})
    by_role = HouseStyle(labels={"en": {"translator": "Words"}})
    assert printed(desk, style=by_pass) == ["Author | Tang", "Checked by | Eleanor, Jessica"]
    assert printed(desk, style=by_role) == ["Words | Tang", "Reviser | Eleanor, Jessica"]


def test_separators_are_configured_by_line_or_for_all(desk):
    style = HouseStyle(separators={"en": {"default": ": ", "photo": "丨"}})
    assert printed(desk, PHOTO, style=style) == [
        "Author: Tang",
        "Reviser: Eleanor, Jessica",
        "Photo丨Foshan Commerce",
    ]


def test_the_order_of_lines_is_configured(desk):
    style = HouseStyle(order=("photo", "revision", "translation"))
    assert printed(desk, PHOTO, style=style) == [
        "Photo | Foshan Commerce",
        "Reviser | Eleanor, Jessica",
        "Author | Tang",
    ]


def test_passes_come_first_and_then_the_credits_in_their_order(desk):
    given = [Credit("source", ("Xinhua",)), PHOTO, Credit("author", ("Chen",))]
    assert [line.role for line in byline(desk.standing, given, HOUSE)] == [
        "translation",
        "revision",
        "author",
        "photo",
        "source",
    ]


def test_every_pass_has_its_line():
    desk = Desk(replace(FOUNDING, passes=(*FOUNDING.passes, Pass("reading", Role.PROOFREADER))))
    one = desk.add("佛山代表团出访日韩")
    desk.write("tang", one, "Foshan Delegation Visits Japan and South Korea")
    desk.sign("tang", "translation")
    for person in ("eleanor", "jessica"):
        desk.approve(person, one)
        desk.sign(person, "revision")
    desk.approve("jessica", one, "reading")
    desk.sign("jessica", "reading")
    assert printed(desk) == ["Author | Tang", "Reviser | Eleanor, Jessica", "Proofreader | Jessica"]


# Reading what others print


@pytest.mark.parametrize(
    ("text", "label", "names"),
    [
        ("Author | Tang", "Author", ("Tang",)),
        ("Reviser: Eleanor & Jessica", "Reviser", ("Eleanor", "Jessica")),
        ("Photo丨Foshan Commerce", "Photo", ("Foshan Commerce",)),
        ("审校：爱莲，洁西卡、唐", "审校", ("爱莲", "洁西卡", "唐")),
        (" 写真｜佛山商務 ", "写真", ("佛山商務",)),
        ("记者 │ 唐", "记者", ("唐",)),
    ],
)
def test_credit_lines_are_read_leniently(text, label, names):
    assert credit_line(text) == (label, names)


@pytest.mark.parametrize("text", ["", "Tokyo: a visit", "Author", "Author |", "意向订单超过6亿元。"])
def test_other_lines_are_no_credits(text):
    assert credit_line(text) is None
