from collections.abc import Callable, Iterator, Sequence

import pytest

from reviewtool.engines.memory import create
from reviewtool.errors import EngineError, InputError, StorageError
from reviewtool.model.glossary import Glossary, Term
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.match import Index, Unit
from reviewtool.model.segment import Segment
from reviewtool.plugins.protocols import Draft, EngineInfo, Job, Request
from reviewtool.services.drafting import Drafted, Failed, Finished, Skipped, Started, estimate, paste, requests, run

ZH_EN = LanguagePair(Language("zh-CN"), Language("en"))
EN_ZH = LanguagePair(Language("en"), Language("zh-CN"))


class Scribe:
    """An engine that answers as it is told and remembers the jobs it got."""

    def __init__(self, answer: Callable[[Request], str] = lambda request: f"<{request.text}>", **info: object) -> None:
        self.info = EngineInfo("scribe", **info)
        self.jobs: list[Job] = []
        self._answer = answer

    def supports(self, languages: LanguagePair) -> bool:
        return languages in {ZH_EN, EN_ZH}

    def estimate(self, job: Job) -> int:
        return sum(len(request.text) for request in job.requests)

    def translate(self, job: Job) -> Iterator[Draft]:
        self.jobs.append(job)
        for request in job.requests:
            yield Draft(request.id, self._answer(request), "scribe")

    @property
    def sent(self) -> list[list[str]]:
        return [[request.text for request in job.requests] for job in self.jobs]


class Desk:
    """Where drafts are saved."""

    def __init__(self) -> None:
        self.saved: dict[str, Draft] = {}

    def save(self, drafts: Sequence[Draft]) -> None:
        self.saved.update((draft.id, draft) for draft in drafts)

    @property
    def texts(self) -> dict[str, str]:
        return {segment: draft.text for segment, draft in self.saved.items()}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def asked(*texts: str) -> list[Request]:
    return [Request(f"s{number}", text) for number, text in enumerate(texts, 1)]


def test_what_is_told_is_saved_already(desk):
    told = []
    for event in run(asked("一", "二", "三"), Scribe(batch=2), ZH_EN, desk.save):
        told.append(event)
        if isinstance(event, Drafted):
            assert set(event.ids) <= set(desk.saved)
    assert told[0] == Started(3, "scribe")
    assert [event.ids for event in told[1:-1]] == [("s1", "s2"), ("s3",)]
    assert told[-1] == Finished(3, 0, 0)


def test_stopping_keeps_what_was_told_and_sends_nothing_more(desk):
    engine = Scribe(batch=1)
    events = run(asked("一", "二", "三"), engine, ZH_EN, desk.save)
    next(events)
    next(events)
    events.close()
    assert list(desk.saved) == ["s1"]
    assert engine.sent == [["一"]]


def test_batches_hold_consecutive_segments_within_both_limits(desk):
    engine = Scribe(batch=2)
    list(run(asked("a", "b", "c"), engine, EN_ZH, desk.save))
    assert engine.sent == [["a", "b"], ["c"]]
    engine = Scribe(batch_bytes=40)
    list(run(asked("代表团", "展会", "a" * 20), engine, ZH_EN, desk.save))
    assert engine.sent == [["代表团", "展会"], ["a" * 20]]


def test_a_text_longer_than_the_engine_takes_is_not_sent(desk):
    engine = Scribe(batch_bytes=40)
    told = list(run(asked("代表团访问日本和韩国", "展会"), engine, ZH_EN, desk.save))
    assert told[1] == Skipped("s1", "it is longer than the engine 'scribe' takes at once")
    assert engine.sent == [["展会"]]


def test_equal_texts_are_sent_once_and_answered_everywhere(desk):
    engine = Scribe()
    list(run(asked("谢谢。", "再见。", "谢谢。"), engine, ZH_EN, desk.save))
    assert engine.sent == [["谢谢。", "再见。"]]
    assert desk.texts == {"s1": "<谢谢。>", "s2": "<再见。>", "s3": "<谢谢。>"}


def test_a_context_match_is_not_carried_to_another_place(desk):
    index = Index([Unit("谢谢。", "Thank you.", "a/en", before="您好。"), Unit("谢谢。", "Thanks.", "b/en")])
    engine = create(
        {"recall": lambda one, languages: index.search(one.text, before=one.before, after=one.after, threshold=75)}
    )
    wanted = [
        Request("s1", "谢谢。", before="您好。"),
        Request("s2", "谢谢。", before="是吗？"),
        Request("s3", "谢谢。"),
    ]
    list(run(wanted, engine, ZH_EN, desk.save))
    assert [draft.origin for draft in desk.saved.values()] == ["memory:context", "memory:exact", "memory:exact"]


def test_placeables_are_protected_for_an_engine_with_markup(desk):
    engine = Scribe(lambda request: request.text.replace("See", "见").replace(" now", "。"), markup=True)
    list(run(asked("See **`a < b`** now"), engine, EN_ZH, desk.save))
    assert "`" not in engine.sent[0][0]
    assert desk.texts == {"s1": "见 **`a < b`**。"}
    assert desk.saved["s1"].warnings == ()


def test_a_placeable_that_the_engine_lost_is_told_with_the_draft(desk):
    list(run(asked("See `file`"), Scribe(lambda request: "质子束", markup=True), EN_ZH, desk.save))
    assert desk.texts == {"s1": "质子束"}
    assert len(desk.saved["s1"].warnings) == 1


def test_without_markup_the_text_is_sent_as_it_is(desk):
    engine = Scribe()
    list(run(asked("See **`a < b`** & go"), engine, EN_ZH, desk.save))
    assert engine.sent == [["See **`a < b`** & go"]]


def test_answers_nobody_asked_for_and_second_answers_are_ignored(desk):
    class Chatterbox(Scribe):
        def translate(self, job):
            yield Draft("other", "x", "scribe")
            yield from super().translate(job)
            yield Draft("s1", "again", "scribe")

    told = list(run(asked("一"), Chatterbox(), ZH_EN, desk.save))
    assert desk.texts == {"s1": "<一>"}
    assert told[-1] == Finished(1, 0, 0)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "the text for it is empty"),
        (" \n", "the text for it is empty"),
        ("a\x1b[2Jb", "the text for it holds the control character U+001B"),
        ("a\ud800", "the text for it holds the control character U+D800"),
    ],
)
def test_an_answer_that_is_no_text_is_dropped(desk, answer, reason):
    told = list(run(asked("一", "一"), Scribe(lambda request: answer), ZH_EN, desk.save))
    assert told[1:] == [Skipped("s1", reason), Skipped("s2", reason), Finished(0, 2, 0)]
    assert desk.saved == {}


def test_line_breaks_in_an_answer_are_folded(desk):
    list(run(asked("一"), Scribe(lambda request: "one\r\n two "), ZH_EN, desk.save))
    assert desk.texts == {"s1": "one two"}
    list(run(asked("one"), Scribe(lambda request: "一\n二"), EN_ZH, desk.save))
    assert desk.texts == {"s1": "一二"}


def test_a_segment_that_gets_no_answer_is_told(desk):
    class Silent(Scribe):
        def translate(self, job):
            return iter(())

    told = list(run(asked("一"), Silent(), ZH_EN, desk.save))
    assert told[1:] == [Skipped("s1", "the engine 'scribe' has nothing for it"), Finished(0, 1, 0)]


def fail_at(text: str, error: Exception) -> Callable[[Request], str]:
    def answer(request: Request) -> str:
        if request.text == text:
            raise error
        return f"<{request.text}>"

    return answer


def test_when_the_engine_gives_up_what_came_before_is_saved_and_nothing_more_is_sent(desk):
    engine = Scribe(fail_at("二", EngineError("The quota is used up.")), batch=3)
    told = list(run(asked("一", "二", "三", "四"), engine, ZH_EN, desk.save))
    assert [type(event) for event in told] == [Started, Drafted, Failed, Finished]
    assert told[2] == Failed(("s2", "s3", "s4"), "The quota is used up.")
    assert told[3] == Finished(1, 0, 3)
    assert desk.texts == {"s1": "<一>"}
    assert len(engine.jobs) == 1


def test_a_broken_engine_is_one_sentence(desk):
    engine = Scribe(fail_at("一", KeyError("\x1b]52;")))
    [_, failed, _] = run(asked("一"), engine, ZH_EN, desk.save)
    assert failed.sentence.startswith("The engine 'scribe' is broken (KeyError: ")
    assert failed.sentence.isprintable()
    [_, failed, _] = run(asked("一"), Scribe(lambda request: None), ZH_EN, desk.save)
    assert "is broken (AttributeError" in failed.sentence


def test_a_pair_that_the_engine_does_not_know_is_told(desk):
    languages = LanguagePair(Language("ja"), Language("ko"))
    [_, failed, _] = run(asked("一"), Scribe(), languages, desk.save)
    assert failed == Failed(("s1",), "The engine 'scribe' does not translate ja > ko; choose another.")


def test_a_full_disk_is_not_the_engines_fault():
    def save(drafts: Sequence[Draft]) -> None:
        raise StorageError("The disk is full.")

    with pytest.raises(StorageError):
        list(run(asked("一"), Scribe(), ZH_EN, save))


def test_an_engine_gets_only_the_terms_that_occur(desk):
    engine = Scribe()
    glossary = Glossary(EN_ZH.target, (Term("Delegation", ("代表团",)), Term("furniture", ("家具",))))
    list(run(asked("The delegation left."), engine, EN_ZH, desk.save, glossary))
    assert [term.source for term in engine.jobs[0].glossary.terms] == ["Delegation"]


def test_the_estimate_counts_each_text_once():
    assert estimate(asked("ab", "cde", "ab"), Scribe(), EN_ZH) == 5


def test_an_estimate_that_breaks_is_one_sentence():
    class Broken(Scribe):
        def estimate(self, job):
            return 1 // 0

    with pytest.raises(EngineError, match=r"^The engine 'scribe' is broken \(ZeroDivisionError"):
        estimate(asked("ab"), Broken(), EN_ZH)


def test_segments_are_asked_for_with_their_neighbours():
    segments = [Segment("s1", "一"), Segment("s2", "二"), Segment("s3", "三", "three")]
    assert requests(segments, {"s2"}) == (Request("s2", "二", before="一", after="三"),)
    assert requests(segments, {"s1"}) == (Request("s1", "一", before="", after="二"),)


def test_a_pasted_translation_drafts_the_wanted_segments(desk):
    segments = [
        Segment("s1", "谢谢。", paragraph=1),
        Segment("s2", "再见。", "Bye.", paragraph=1),
        Segment("s3", "您好。", paragraph=2),
    ]
    told = list(paste(segments, {"s1", "s3"}, "Thank you. Goodbye.\n\nHello.", ZH_EN, desk.save))
    assert told[0] == Started(2, "pasted")
    assert told[1] == Drafted((Draft("s1", "Thank you.", "pasted"), Draft("s3", "Hello.", "pasted")))
    assert told[-1] == Finished(2, 0, 0)
    assert desk.texts == {"s1": "Thank you.", "s3": "Hello."}


def test_a_segment_for_which_the_paste_has_nothing_is_told(desk):
    segments = [Segment("s1", "谢谢。", paragraph=1), Segment("s2", "再见。", paragraph=1)]
    told = list(paste(segments, {"s1", "s2"}, "Thank you", ZH_EN, desk.save))
    assert told[2:] == [Skipped("s2", "the text for it is empty"), Finished(1, 1, 0)]


def test_an_empty_paste_is_refused(desk):
    with pytest.raises(InputError, match="no text to lay"):
        list(paste([Segment("s1", "一")], {"s1"}, " \n", ZH_EN, desk.save))
