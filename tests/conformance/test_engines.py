"""What every engine must do, asked of every engine installed.

An engine that cannot be made without its owner's key, or that sends texts to another machine, is asked
only what can be asked without.
"""

from collections.abc import Sequence

import pytest

from reviewtool.errors import ReviewtoolError
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.markup import placeables, protect, restore
from reviewtool.model.match import Match, MatchKind, Unit
from reviewtool.plugins.protocols import Draft, Engine, EngineInfo, Job, Request
from reviewtool.plugins.registry import engines

PAIRS = [
    LanguagePair(Language.parse(source), Language.parse(target))
    for source, target in (("zh-CN", "en"), ("en", "zh-Hans"), ("en", "es"), ("ko", "ja"))
]
TEXTS = {
    "zh": ["谢谢。", "详见 `报告` 与 https://example.org/8。", "谢谢。"],
    "en": ["Thank you.", "See `file` at https://example.org/8.", "Thank you."],
    "ko": ["감사합니다.", "`파일` 및 https://example.org/8 참조.", "감사합니다."],
}


def echo(request: Request, languages: LanguagePair) -> Sequence[Match]:
    """A memory that has every text, translated as itself."""
    return [Match(Unit(request.text, request.text, "memory/echo.tmx"), MatchKind.EXACT, 100.0)]


@pytest.fixture(params=engines().names())
def engine(request) -> Engine:
    try:
        return engines().create(request.param, {"recall": echo})
    except ReviewtoolError as error:
        pytest.skip(f"{request.param}: {error}")


@pytest.fixture
def local(engine) -> Engine:
    if engine.info.remote is not None:
        pytest.skip(f"{engine.info.name} sends texts to {engine.info.remote}")
    return engine


@pytest.fixture(params=PAIRS, ids=str)
def job(request, engine) -> Job:
    languages = request.param
    if not engine.supports(languages):
        pytest.skip(f"{engine.info.name} does not translate {languages}")
    texts = TEXTS[languages.source.primary]
    sent = [protect(text).xml if engine.info.markup else text for text in texts]
    return Job(tuple(Request(f"s{row}", text) for row, text in enumerate(sent)), languages)


def test_at_least_the_embedded_engine_is_installed():
    assert "memory" in engines().names()


@pytest.mark.parametrize("name", engines().names())
def test_without_options_it_starts_or_says_what_is_missing(name):
    try:
        made = engines().create(name)
    except ReviewtoolError as error:
        made, sentence = None, str(error)
    assert made or ("does not start" not in sentence and sentence.isprintable())


def test_it_is_an_engine_and_says_what_the_host_must_know(engine):
    assert isinstance(engine, Engine)
    assert isinstance(engine.info, EngineInfo)
    assert engine.info.name in engines().names()
    assert engine.info.batch > 0
    assert engine.info.batch_bytes > 0
    assert engine.info.remote is None or engine.info.remote.isprintable()


def test_an_empty_job_costs_nothing_and_gives_nothing(engine):
    for languages in filter(engine.supports, PAIRS):
        assert engine.estimate(Job((), languages)) == 0
        assert list(engine.translate(Job((), languages))) == []


def test_what_leaves_the_machine_has_an_estimate(engine, job):
    cost = engine.estimate(job)
    assert isinstance(cost, int)
    assert cost >= 0


def test_drafts_are_for_the_segments_asked_for_in_their_order_and_once(local, job):
    drafts = list(local.translate(job))
    asked = [request.id for request in job.requests]
    assert [draft.id for draft in drafts] == [segment for segment in asked if segment in {one.id for one in drafts}]
    assert all(isinstance(draft, Draft) and isinstance(draft.text, str) for draft in drafts)


def test_a_draft_says_where_it_comes_from_and_only_a_memory_scores(local, job):
    for draft in local.translate(job):
        assert draft.origin.split(":")[0] == local.info.name
        assert (draft.kind is None) == (draft.score is None)
        assert draft.score is None or 0 <= draft.score <= 100


def test_placeables_come_back_as_they_were_given(local, job):
    sources = dict(zip((request.id for request in job.requests), TEXTS[job.languages.source.primary], strict=True))
    for draft in local.translate(job):
        source = sources[draft.id]
        text = restore(draft.text, protect(source).table)[0] if local.info.markup else draft.text
        assert sorted(one.text for one in placeables(text)) == sorted(one.text for one in placeables(source))


def test_the_same_job_may_be_given_twice_and_stopped_in_between(local, job):
    stopped = iter(local.translate(job))
    next(stopped, None)
    if hasattr(stopped, "close"):
        stopped.close()
    assert [draft.id for draft in local.translate(job)] == [draft.id for draft in local.translate(job)]
