from pathlib import Path

from reviewtool.formats import tmx
from reviewtool.formats.tmx import Variant
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.match import MatchKind, Unit
from reviewtool.plugins.protocols import Request
from reviewtool.services.recall import Recall
from reviewtool.storage.memory import MemoryFolder, UnitCount

ZH, EN = Language("zh-CN"), Language("en")
ZH_EN, EN_ZH = LanguagePair(ZH, EN), LanguagePair(EN, ZH)
APPROVED = Unit("谢谢。", "Thank you.", "letter/en", before="您好。", after="再见。")


def remember(root: Path, source: str, target: str) -> None:
    (root / "memory").mkdir(exist_ok=True)
    (root / "memory" / "desk.tmx").write_bytes(tmx.write([(Variant(ZH, source), Variant(EN, target))], ZH))


def approved(languages: LanguagePair) -> list[Unit]:
    return [APPROVED] if languages == ZH_EN else []


def test_approved_text_goes_before_the_memory_files(tmp_path):
    remember(tmp_path, "谢谢。", "Thanks.")
    matches = Recall(MemoryFolder(tmp_path), approved).search("谢谢。", ZH_EN)
    assert [match.unit.origin for match in matches] == ["letter/en", "memory/desk.tmx"]


def test_a_segment_is_looked_up_in_its_surroundings(tmp_path):
    recall = Recall(MemoryFolder(tmp_path), approved)
    [match] = recall.lookup(Request("a1", "谢谢。", before="您好。", after="再见。"), ZH_EN)
    assert match.kind is MatchKind.CONTEXT


def test_approved_text_serves_in_the_other_direction_without_its_neighbours(tmp_path):
    recall = Recall(MemoryFolder(tmp_path), approved)
    [match] = recall.lookup(Request("a1", "Thank you.", before="您好。", after="再见。"), EN_ZH)
    assert (match.unit.target, match.kind) == ("谢谢。", MatchKind.EXACT)


def test_a_changed_memory_file_is_seen_at_once(tmp_path):
    recall = Recall(MemoryFolder(tmp_path))
    assert recall.search("你好。", ZH_EN) == ()
    remember(tmp_path, "你好。", "Hello there.")
    assert recall.search("你好。", ZH_EN)[0].unit.target == "Hello there."


def test_newly_approved_text_is_seen_after_forgetting(tmp_path):
    units: list[Unit] = []
    recall = Recall(MemoryFolder(tmp_path), lambda languages: units)
    assert recall.search("谢谢。", ZH_EN) == ()
    units.append(APPROVED)
    recall.forget()
    assert [match.unit for match in recall.search("谢谢。", ZH_EN)] == [APPROVED]


def test_units_are_counted_by_origin(tmp_path):
    remember(tmp_path, "谢谢。", "Thanks.")
    assert Recall(MemoryFolder(tmp_path), approved).counts([ZH_EN, EN_ZH]) == (
        UnitCount("memory/desk.tmx", ZH_EN, 1),
        UnitCount("letter/en", ZH_EN, 1),
    )


def test_between_two_look_ups_of_the_same_memory_approved_text_is_not_asked_for_again(tmp_path):
    asked: list[LanguagePair] = []
    recall = Recall(MemoryFolder(tmp_path), lambda languages: asked.append(languages) or [])
    recall.search("谢谢。", ZH_EN)
    recall.search("再见。", ZH_EN)
    assert asked == [ZH_EN, EN_ZH]
