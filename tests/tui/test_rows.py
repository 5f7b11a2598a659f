"""The rows of an edition: signs, badges, what changed and what is said, made only when they are painted."""

from __future__ import annotations

from pathlib import Path

from reviewtool.model.finding import Finding, Severity
from reviewtool.model.versions import baselines
from reviewtool.tui.rows import EditionRows, Work
from tests.tui.conftest import session_on

FAIR = ("furniture-fair", "en")


def rows(root: Path, person: str = "eleanor", *, revision: bool = False, work: Work | None = None) -> EditionRows:
    edition = session_on(root).workspace.editions.open(*FAIR)
    acting = edition.standing.policy.revisions[0] if revision else None
    baseline = baselines(edition.standing, person)[0] if revision else None
    return EditionRows(edition, work or Work(lambda _: False), person, acting=acting, baseline=baseline)


def test_the_texts_that_are_laid_out_are_those_that_are_painted(desk: Path):
    for made in (rows(desk), rows(desk, revision=True)):
        for place in range(len(made)):
            assert made.texts(place) == tuple(cell.text for cell in made.row(place).cells)


def test_every_state_has_its_sign(desk: Path):
    assert "".join(rows(desk).row(place).sign for place in range(18)) == "+~<+=~~      +==+~"


def test_what_is_not_saved_is_marked_and_shown(desk: Path):
    made = rows(desk)
    work = Work(lambda segment: segment == made.ids[0], typed={made.ids[1]: "Half a"})
    made = rows(desk, work=work)
    assert [made.row(place).sign for place in (0, 1)] == ["*", "*"]
    assert made.row(1).cells[1].text == "Half a"


def test_findings_are_a_badge_and_mark_their_places(desk: Path):
    made = rows(desk)
    finding = Finding("number", Severity.ERROR, "3月 is March", (6, 8), (0, 5))
    made = rows(desk, work=Work(lambda _: False, findings={made.ids[1]: (finding,)}))
    row = made.row(1)
    assert row.badges.strip() == "!"
    assert [(one.start, one.end, one.style) for one in row.cells[0].spans] == [(6, 8, "finding")]


def test_nothing_is_found_wrong_with_what_is_not_translated_yet(desk: Path):
    made = rows(desk)
    finding = Finding("untranslated", Severity.WARNING, "There is no translation yet.")
    made = rows(desk, work=Work(lambda _: False, findings={made.ids[7]: (finding,)}))
    assert not made.row(7).badges.strip()


def test_why_a_segment_was_sent_back_stands_beside_it(desk: Path):
    assert "Jessica, terminology, major" in rows(desk, revision=True).row(2).cells[2].text


def test_what_is_yours_is_said_in_words(desk: Path):
    made = rows(desk, "tang", revision=True)
    own = [place for place in range(len(made)) if "tang" in made.standing(place).barred]
    assert own
    assert all("yours" in made.row(place).cells[2].text for place in own)


def test_a_paragraph_starts_where_the_article_has_one(desk: Path):
    made = rows(desk)
    assert not made.starts_paragraph(0)
    assert made.starts_paragraph(1)
    assert not made.starts_paragraph(2)
