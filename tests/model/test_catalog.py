"""A catalog follows its article: ids stay, finished work stays, order comes from the article."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.article import Passage
from reviewtool.model.catalog import Catalog, Resegmentation, birth_id, reconcile, unused_id
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind, Segment

ENGLISH = Language("en")
TITLE = "佛山代表团访问日本和韩国"
STORY = (
    TITLE,
    "2月26日至3月5日，佛山经贸代表团访问日本和韩国。",
    "代表团走访了十多家机构。",
    "在东京的推介会上，意向订单超过6亿元。",
    "三个投资项目达成意向。",
)


def passages(*texts):
    return [
        Passage(Kind.PARAGRAPH if place else Kind.HEADLINE, text, place, 0, len(text))
        for place, text in enumerate(texts)
    ]


def catalog_of(*texts, **options):
    return reconcile(Catalog("delegation", ENGLISH), passages(*texts), **options)


def translated(catalog):
    """Give every segment a target of its own."""
    return Catalog(
        catalog.slug,
        catalog.language,
        tuple(
            Segment(one.id, one.source, f"EN {place}", one.kind, one.paragraph, one.previous_source)
            for place, one in enumerate(catalog.segments)
        ),
        catalog.obsolete,
    )


def ids(catalog):
    return [one.id for one in catalog.segments]


def texts(catalog):
    return [one.source for one in catalog.segments]


@pytest.fixture
def catalog():
    return translated(catalog_of(*STORY))


class TestIds:
    def test_an_id_is_the_hash_of_the_text_a_segment_was_born_with(self):
        assert birth_id("Foshan") == "4df838bf2262"
        assert birth_id("Foshan", 1) != birth_id("Foshan")
        assert birth_id("  caf\u00e9\n") == birth_id("cafe\u0301")

    def test_the_same_text_twice_gets_two_ids(self):
        assert ids(catalog_of("图", "图", "图")) == [birth_id("图", counter) for counter in range(3)]

    def test_an_id_is_never_given_again(self):
        first = catalog_of("图")
        gone = reconcile(first, passages("完"))
        again = reconcile(gone, passages("完", "图"), used=[birth_id("图", 1)])
        assert ids(again) == [birth_id("完"), birth_id("图", 2)]

    def test_a_segment_is_found_by_its_id(self, catalog):
        assert catalog[birth_id(TITLE)].target == "EN 0"
        with pytest.raises(KeyError):
            catalog["0" * 12]
        with pytest.raises(KeyError):
            Catalog("empty", ENGLISH)["0" * 12]


class TestFollowing:
    def test_order_kind_and_paragraph_are_the_articles(self, catalog):
        shuffled = Catalog("delegation", ENGLISH, tuple(Segment(one.id, one.source) for one in catalog.segments[::-1]))
        again = reconcile(shuffled, passages(*STORY))
        assert ids(again) == ids(catalog)
        assert [one.kind for one in again.segments] == [Kind.HEADLINE] + [Kind.PARAGRAPH] * 4
        assert [one.paragraph for one in again.segments] == [0, 1, 2, 3, 4]

    def test_a_changed_sentence_keeps_its_id_its_target_and_its_old_source(self, catalog):
        changed = "代表团走访了二十多家机构。"
        after = reconcile(catalog, passages(*STORY[:2], changed, *STORY[3:]))
        assert ids(after) == ids(catalog)
        assert after.segments[2] == Segment(catalog.segments[2].id, changed, "EN 2", Kind.PARAGRAPH, 2, STORY[2])
        assert not after.obsolete

    def test_the_old_source_stays_the_one_the_target_was_made_for(self, catalog):
        once = reconcile(catalog, passages(*STORY[:2], "代表团走访了二十多家机构。", *STORY[3:]))
        twice = reconcile(once, passages(*STORY[:2], "代表团走访了二十多家协会。", *STORY[3:]))
        assert twice.segments[2].previous_source == STORY[2]
        assert reconcile(twice, passages(*STORY)) == catalog

    def test_an_untranslated_sentence_has_no_old_source(self):
        before = catalog_of("The delegation visited Tokyo.")
        after = reconcile(before, passages("The delegation visited Seoul."))
        assert ids(after) == ids(before)
        assert after.segments[0].previous_source is None

    @pytest.mark.parametrize("same", ["  Le café de Foshan.\n", "Le cafe\u0301 de Foshan."])
    def test_another_spelling_of_the_same_text_is_no_change(self, same):
        before = translated(catalog_of("Le café de Foshan."))
        after = reconcile(before, passages(same))
        assert ids(after) == ids(before)
        assert after.segments[0].source == same
        assert after.segments[0].previous_source is None

    def test_an_inserted_paragraph_disturbs_nothing(self, catalog):
        inserted = "Completely new: a word from Jessica."
        after = reconcile(catalog, passages(*STORY[:2], inserted, *STORY[2:]))
        assert [one.target for one in after.segments] == ["EN 0", "EN 1", "", "EN 2", "EN 3", "EN 4"]
        assert ids(after)[2] == birth_id(inserted)

    def test_a_moved_sentence_keeps_its_id(self, catalog):
        after = reconcile(catalog, passages(STORY[0], STORY[3], STORY[1], STORY[2], STORY[4]))
        assert [one.target for one in after.segments] == ["EN 0", "EN 3", "EN 1", "EN 2", "EN 4"]

    def test_a_sentence_moved_and_touched_up_keeps_its_id(self, catalog):
        touched = STORY[1].replace("经贸", "")
        after = reconcile(catalog, passages(STORY[0], STORY[2], STORY[3], STORY[4], touched))
        assert ids(after)[4] == ids(catalog)[1]
        assert after.segments[4].previous_source == STORY[1]

    def test_a_vanished_sentence_becomes_obsolete_with_its_target(self, catalog):
        after = reconcile(catalog, passages(*STORY[:4]))
        assert after.segments == catalog.segments[:4]
        assert after.obsolete == catalog.segments[4:]

    def test_a_sentence_that_returns_gets_a_new_id_and_its_old_target(self, catalog):
        gone = reconcile(catalog, passages(*STORY[:4]))
        back = reconcile(gone, passages(*STORY))
        assert back.segments[4] == Segment(birth_id(STORY[4], 1), STORY[4], "EN 4", Kind.PARAGRAPH, 4)
        assert back.obsolete == gone.obsolete

    def test_sentences_changed_beyond_recognition_are_matched_in_order(self):
        before = translated(
            catalog_of(
                "T", "The mayor of Foshan spoke for an hour.", "Tea was served.", "In the evening all went home."
            )
        )
        after = reconcile(
            before,
            passages("T", "The mayor spoke for almost two hours.", "Tea was served.", "That evening they went out."),
        )
        assert [one.target for one in after.segments] == ["EN 0", "EN 1", "EN 2", "EN 3"]

    def test_one_good_likeness_outweighs_two_poor_ones(self):
        before = translated(catalog_of("T", "abcdefgh12", "abcdefgh1234xx"))
        after = reconcile(before, passages("T", "abcdeXYZ9876", "abcdefgh12345"))
        assert after.segments[2].target == "EN 2"

    def test_a_headline_is_continued_by_a_headline_only(self):
        before = translated(catalog_of("Foshan goes to Tokyo", "Tang reports."))
        after = reconcile(before, passages("Tang reports it all.", "Foshan goes to Tokyo again"))
        assert [one.target for one in after.segments] == ["", ""]
        assert [one.target for one in after.obsolete] == ["EN 0", "EN 1"]

    def test_a_headline_that_is_also_the_first_heading_changes_alone(self):
        before = translated(catalog_of(TITLE, TITLE, STORY[1]))
        after = reconcile(before, passages(TITLE + "归来", TITLE, STORY[1]))
        assert ids(after) == ids(before)
        assert [one.target for one in after.segments] == ["EN 0", "EN 1", "EN 2"]

    def test_kinds_that_the_file_had_lost_hinder_nothing(self, catalog):
        bare = tuple(Segment(one.id, one.source, one.target) for one in catalog.segments)
        after = reconcile(Catalog("delegation", ENGLISH, bare), passages(TITLE + "归来", *STORY[1:]))
        assert ids(after) == ids(catalog)

    def test_an_edition_of_nothing_is_empty(self, catalog):
        after = reconcile(catalog, [])
        assert after.segments == ()
        assert after.obsolete == catalog.segments


class TestTheFilesOrder:
    def test_a_sorted_file_changes_nothing(self):
        chance = random.Random(7)
        story = [
            "图",
            *(f"第{day}天，代表团在{place}。" for day, place in enumerate("东京大阪首尔仁川")),
            "图",
            "完",
            "图",
        ]
        before = translated(catalog_of(*story))
        for _ in range(20):
            mixed = chance.sample(before.segments, len(before.segments))
            assert reconcile(Catalog("delegation", ENGLISH, tuple(mixed)), passages(*story)) == before

    def test_a_shuffled_file_does_not_hide_a_corrected_sentence(self, catalog):
        chance = random.Random(7)
        after = passages(*STORY[:2], "代表团走访了二十多家机构。", *STORY[3:])
        expected = reconcile(catalog, after)
        assert expected.segments[2].target == "EN 2"
        for _ in range(20):
            mixed = chance.sample(catalog.segments, len(catalog.segments))
            assert reconcile(Catalog("delegation", ENGLISH, tuple(mixed)), after) == expected

    def test_a_sorted_file_does_not_even_hide_a_rewritten_sentence(self):
        story = [
            *STORY,
            "此前，企业组团去过上海和泉州。",
            "厦门、深圳和香港也在行程之中。",
            "东南亚与欧洲之行定于三四月。",
            "展会共两场。",
        ]
        before = translated(catalog_of(*story))
        after = passages(*story[:2], "代表团先后走访二十余家协会和机构。", *story[3:])
        expected = reconcile(before, after)
        assert expected.segments[2].target == "EN 2"
        by_text = sorted(before.segments, key=lambda one: one.source)
        assert reconcile(Catalog("delegation", ENGLISH, tuple(by_text)), after) == expected


class TestMonolingual:
    def test_a_new_segments_target_is_its_source(self):
        assert catalog_of("Tang writes.", monolingual=True).segments[0].target == "Tang writes."

    def test_a_target_follows_the_source_until_somebody_changes_it(self):
        before = catalog_of("Tang writes.", "Eleanor reads it.", monolingual=True)
        corrected = Segment(before.segments[1].id, "Eleanor reads it.", "Eleanor reads it twice.")
        before = Catalog("delegation", ENGLISH, (before.segments[0], corrected))
        after = reconcile(before, passages("Tang wrote.", "Eleanor has read it."), monolingual=True)
        assert [one.target for one in after.segments] == ["Tang wrote.", "Eleanor reads it twice."]
        assert [one.previous_source for one in after.segments] == [None, "Eleanor reads it."]


class TestLaws:
    pieces = st.sampled_from(
        (
            *(
                "图",
                "完",
                "代表团访问东京。",
                "代表团访问首尔。",
                "代表团昨日访问东京。",
                "서울을 방문했다.",
                "東京を訪問した。",
            ),
            *("The delegation visited Tokyo.", "The delegation visited Seoul.", "Tang reports.", "Tang reported it."),
        )
    )
    articles = st.lists(pieces, max_size=9)

    def grown(self, stories):
        """A catalog that has followed an article through its versions, translated after each."""
        catalog = Catalog("delegation", ENGLISH)
        for version, story in enumerate(stories):
            catalog = reconcile(catalog, passages(*story))
            done = tuple(
                Segment(
                    one.id, one.source, one.target or f"{version}.{place}", one.kind, one.paragraph, one.previous_source
                )
                for place, one in enumerate(catalog.segments)
            )
            catalog = Catalog(catalog.slug, catalog.language, done, catalog.obsolete)
        return catalog

    @given(st.lists(articles, max_size=4), articles)
    def test_reconciling_gives_the_article_and_reconciling_again_changes_nothing(self, stories, story):
        once = reconcile(self.grown(stories), passages(*story))
        assert texts(once) == story
        assert reconcile(once, passages(*story)) == once

    @given(st.lists(articles, max_size=4), articles)
    def test_no_finished_target_is_lost_and_no_id_given_twice(self, stories, story):
        before = self.grown(stories)
        after = reconcile(before, passages(*story))
        everything = {one.id: one for one in (*after.segments, *after.obsolete)}
        assert len(everything) == len(after.segments) + len(after.obsolete)
        for one in (*before.segments, *before.obsolete):
            assert everything[one.id].target == one.target
        assert after.obsolete[: len(before.obsolete)] == before.obsolete

    @given(st.lists(articles, max_size=4), st.randoms(use_true_random=False))
    def test_the_order_of_the_file_means_nothing(self, stories, chance):
        before = self.grown(stories)
        mixed = chance.sample(before.segments, len(before.segments))
        again = Catalog("delegation", ENGLISH, tuple(mixed), before.obsolete)
        assert reconcile(again, passages(*texts(before))) == before

    @given(articles, articles)
    def test_what_stays_equal_is_never_asked_for_again(self, story, other):
        before = self.grown([story])
        after = reconcile(before, passages(*other))
        kept = {one.id for one in after.segments} & {one.id for one in before.segments}
        for text in set(story) & set(other):
            assert sum(before[one].source == text for one in kept) >= min(story.count(text), other.count(text))


def test_what_is_joined_stands_where_its_first_part_was_and_the_parts_are_kept():
    parts = [Segment(f"{number:012x}", f"第{number}句。", f"Sentence {number}.") for number in range(4)]
    new = Segment("f" * 12, "第1句。第2句。", "Sentence 1. Sentence 2.")
    catalog = Resegmentation((parts[1].id, parts[2].id), (new,)).applied(Catalog("story", ENGLISH, tuple(parts)))
    assert catalog.segments == (parts[0], new, parts[3])
    assert catalog.obsolete == (parts[1], parts[2])


def test_an_id_is_never_given_again():
    taken = {birth_id("同。"), birth_id("同。", 1)}
    assert unused_id("同。", taken) == birth_id("同。", 2)
    assert unused_id("同。", taken) == birth_id("同。", 3)
