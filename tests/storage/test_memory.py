import os
from pathlib import Path

import pytest

from reviewtool.errors import InputError
from reviewtool.formats import tmx
from reviewtool.formats.tmx import Variant
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.match import Unit
from reviewtool.storage.memory import MemoryFolder, UnitCount

ZH, EN, JA = Language("zh-CN"), Language("en"), Language("ja")
TRIP = (Variant(ZH, "佛山代表团出访日本、韩国。"), Variant(EN, "A Foshan delegation visited Japan and South Korea."))
THANKS = (Variant(EN, "Thanks."), Variant(ZH, "谢谢。", before="您好。"), Variant(JA, "ありがとう。"))
LATER = 10_000_000_000


def file(path: Path, *units: tuple[Variant, ...], source: Language = EN) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(tmx.write(units, source))
    return path


def pair(source: str, target: str) -> LanguagePair:
    return LanguagePair(Language.parse(source), Language.parse(target))


def texts(folder: MemoryFolder, source: str, target: str) -> list[tuple[str, str]]:
    return [(unit.source, unit.target) for unit in folder.units(pair(source, target))]


def aged(path: Path, by: int = LATER) -> Path:
    """Make a file clearly older than the cache that will be made of it."""
    time = path.stat().st_mtime_ns - by
    os.utime(path, ns=(time, time))
    return path


def test_a_workspace_without_memories_has_no_units(tmp_path):
    folder = MemoryFolder(tmp_path)
    assert texts(folder, "zh", "en") == []
    assert folder.stamp() == ()
    assert folder.counts() == ()


def test_units_serve_in_either_direction_whatever_the_source_language_of_the_file(tmp_path):
    file(tmp_path / "memory" / "desk.tmx", TRIP, THANKS, source=ZH)
    folder = MemoryFolder(tmp_path)
    assert list(folder.units(pair("zh-CN", "en"))) == [
        Unit(TRIP[0].text, TRIP[1].text, "memory/desk.tmx"),
        Unit("谢谢。", "Thanks.", "memory/desk.tmx", before="您好。"),
    ]
    assert texts(folder, "en", "zh-CN") == [(TRIP[1].text, TRIP[0].text), ("Thanks.", "谢谢。")]
    assert texts(folder, "ja", "zh-CN") == [("ありがとう。", "谢谢。")]


def test_regions_serve_each_other_and_scripts_do_not(tmp_path):
    file(tmp_path / "memory" / "desk.tmx", TRIP)
    folder = MemoryFolder(tmp_path)
    assert len(texts(folder, "zh-Hans", "en-GB")) == 1
    assert texts(folder, "zh-Hant", "en") == []
    assert texts(folder, "zh-TW", "en") == []


def test_a_text_is_no_translation_of_itself(tmp_path):
    file(tmp_path / "memory" / "desk.tmx", TRIP)
    assert texts(MemoryFolder(tmp_path), "en", "en") == []


def test_the_second_reading_takes_the_cache_and_gives_the_same(tmp_path, monkeypatch):
    aged(file(tmp_path / "memory" / "desk.tmx", TRIP, THANKS))
    first = list(MemoryFolder(tmp_path).units(pair("zh", "en")))
    monkeypatch.setattr(tmx, "read", lambda data, name: pytest.fail("the file was parsed again"))
    assert list(MemoryFolder(tmp_path).units(pair("zh", "en"))) == first


def test_a_changed_file_is_read_again(tmp_path):
    path = aged(file(tmp_path / "memory" / "desk.tmx", TRIP))
    assert len(texts(MemoryFolder(tmp_path), "zh", "en")) == 1
    file(path, TRIP, THANKS)
    assert len(texts(MemoryFolder(tmp_path), "zh", "en")) == 2


def test_a_file_changed_within_one_tick_of_the_clock_to_the_same_size_is_read_again(tmp_path):
    path = file(tmp_path / "memory" / "desk.tmx", (Variant(ZH, "一"), Variant(EN, "one")))
    before = path.stat().st_mtime_ns
    assert texts(MemoryFolder(tmp_path), "zh", "en") == [("一", "one")]
    file(path, (Variant(ZH, "二"), Variant(EN, "two")))
    os.utime(path, ns=(before, before))
    assert texts(MemoryFolder(tmp_path), "zh", "en") == [("二", "two")]


def test_a_file_only_touched_is_not_parsed_again(tmp_path, monkeypatch):
    path = aged(file(tmp_path / "memory" / "desk.tmx", TRIP))
    assert len(texts(MemoryFolder(tmp_path), "zh", "en")) == 1
    aged(path)
    monkeypatch.setattr(tmx, "read", lambda data, name: pytest.fail("the file was parsed again"))
    assert len(texts(MemoryFolder(tmp_path), "zh", "en")) == 1


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-3], lambda data: b"", lambda data: data.replace(b"Foshan", b"Zoshan")]
)
def test_a_damaged_cache_is_rebuilt(tmp_path, damage):
    aged(file(tmp_path / "memory" / "desk.tmx", TRIP))
    first = texts(MemoryFolder(tmp_path), "zh", "en")
    [cache] = (tmp_path / ".reviewtool" / "cache" / "memory").glob("*.msgpack")
    cache.write_bytes(damage(cache.read_bytes()))
    assert texts(MemoryFolder(tmp_path), "zh", "en") == first


def test_units_are_found_where_no_cache_can_be_written(tmp_path):
    file(tmp_path / "memory" / "desk.tmx", TRIP)
    (tmp_path / ".reviewtool").write_text("a file is in the way")
    assert len(texts(MemoryFolder(tmp_path), "zh", "en")) == 1


def test_reading_leaves_the_memory_as_it_is(tmp_path):
    path = file(tmp_path / "memory" / "desk.tmx", TRIP)
    data = path.read_bytes()
    texts(MemoryFolder(tmp_path), "zh", "en")
    assert path.read_bytes() == data
    assert [one.name for one in path.parent.iterdir()] == ["desk.tmx"]


def test_a_broken_memory_is_named_with_its_line(tmp_path):
    path = file(tmp_path / "memory" / "desk.tmx", TRIP)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(InputError, match=r"^memory/desk\.tmx, line 5: "):
        texts(MemoryFolder(tmp_path), "zh", "en")


def test_the_stamp_changes_with_the_files(tmp_path):
    folder = MemoryFolder(tmp_path)
    file(tmp_path / "memory" / "desk.tmx", TRIP)
    stamp = folder.stamp()
    assert folder.stamp() == stamp
    file(tmp_path / "memory" / "other.tmx", THANKS)
    assert folder.stamp() != stamp


def test_units_are_counted_by_file_and_pair_in_either_order(tmp_path):
    file(tmp_path / "memory" / "desk.tmx", TRIP, THANKS)
    assert MemoryFolder(tmp_path).counts() == (
        UnitCount("memory/desk.tmx", LanguagePair(ZH, EN), 2),
        UnitCount("memory/desk.tmx", LanguagePair(EN, JA), 1),
        UnitCount("memory/desk.tmx", LanguagePair(ZH, JA), 1),
    )


def test_an_imported_memory_is_a_copy_byte_for_byte(tmp_path):
    given = file(tmp_path / "given" / "客户 memory (final).tmx", TRIP, THANKS)
    imported = MemoryFolder(tmp_path / "desk").add(given)
    assert imported.path == tmp_path / "desk" / "memory" / "客户-memory-final.tmx"
    assert imported.path.read_bytes() == given.read_bytes()
    assert (imported.units, imported.is_new) == (2, True)


def test_importing_the_same_content_again_writes_nothing(tmp_path):
    folder = MemoryFolder(tmp_path / "desk")
    first = folder.add(file(tmp_path / "given" / "desk.tmx", TRIP))
    again = folder.add(file(tmp_path / "given" / "renamed.tmx", TRIP))
    assert (again.path, again.is_new) == (first.path, False)
    assert len(list(first.path.parent.iterdir())) == 1


def test_a_name_already_taken_gets_a_number(tmp_path):
    folder = MemoryFolder(tmp_path / "desk")
    folder.add(file(tmp_path / "given" / "desk.tmx", TRIP))
    folder.add(file(tmp_path / "given" / "Desk.tmx", THANKS))
    assert sorted(path.name for path in (tmp_path / "desk" / "memory").iterdir()) == ["Desk-2.tmx", "desk.tmx"]


def test_a_file_without_two_languages_is_not_imported(tmp_path):
    folder = MemoryFolder(tmp_path / "desk")
    with pytest.raises(InputError, match="holds no text in two languages"):
        folder.add(file(tmp_path / "given" / "desk.tmx", TRIP[:1]))
    with pytest.raises(InputError, match="does not exist"):
        folder.add(tmp_path / "given" / "none.tmx")
    assert not (tmp_path / "desk").exists()
