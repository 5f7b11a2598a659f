"""Catalogs on disk: strict to read, stable to write, at home among the gettext tools."""

import difflib
import subprocess
from dataclasses import replace

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewtool.errors import InputError, StorageError
from reviewtool.model.catalog import Catalog
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind, Segment
from reviewtool.storage import catalogs

ENGLISH = Language("en")
ARTICLE = "articles/delegation.md"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

CATALOG = Catalog(
    "delegation",
    ENGLISH,
    (
        Segment("0000000000aa", "佛山代表团访问日本和韩国", "Foshan delegation visits Japan and Korea", Kind.HEADLINE),
        Segment(
            "0000000000ab",
            "意向订单超过6亿元。",
            "Orders exceed 600 million yuan.",
            previous_source="意向订单约6亿元。",
        ),
        Segment("0000000000ac", "一行，\n两行。\n", "", Kind.QUOTE),
        Segment("0000000000ad", "他说：“好。”\t\\n", 'He said: "Good."\t\\n', Kind.LIST),
    ),
    (Segment("0000000000ae", "旧的一句。", "An old sentence.", previous_source="更旧的一句。"),),
)


def texts(catalog):
    """What a catalog says, whatever its order: the texts of each id, live and obsolete."""
    live = {one.id: (one.source, one.target) for one in catalog.segments}
    return live, {one.id: (one.source, one.target) for one in catalog.obsolete}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "delegation.po"


def read(path):
    return catalogs.read(path, slug="delegation", language=ENGLISH)


def save(path, catalog, stored=None, drafts=()):
    return catalogs.write(path, stored, catalog, drafts=drafts, root=path.parent, article_path=ARTICLE)


def changed(catalog, place, **fields):
    segments = list(catalog.segments)
    segments[place] = replace(segments[place], **fields)
    return replace(catalog, segments=tuple(segments))


class TestWriting:
    def test_a_new_file(self, path):
        save(path, CATALOG, drafts={"0000000000ab", "0000000000ac"})
        assert path.read_text() == (
            'msgid ""\nmsgstr ""\n"Project-Id-Version: delegation\\n"\n"PO-Revision-Date: \\n"\n'
            '"Last-Translator: \\n"\n"Language-Team: \\n"\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
            '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
            '"X-Generator: reviewtool\\n"\n\n'
            '#. headline\n#: articles/delegation.md\nmsgctxt "0000000000aa"\n'
            'msgid "佛山代表团访问日本和韩国"\nmsgstr "Foshan delegation visits Japan and Korea"\n\n'
            '#. paragraph\n#: articles/delegation.md\n#, fuzzy\n#| msgid "意向订单约6亿元。"\nmsgctxt "0000000000ab"\n'
            'msgid "意向订单超过6亿元。"\nmsgstr "Orders exceed 600 million yuan."\n\n'
            '#. quote\n#: articles/delegation.md\nmsgctxt "0000000000ac"\n'
            'msgid ""\n"一行，\\n"\n"两行。"\nmsgstr ""\n\n'
            '#. list\n#: articles/delegation.md\nmsgctxt "0000000000ad"\n'
            'msgid "他说：“好。”\\t\\\\n"\nmsgstr "He said: \\"Good.\\"\\t\\\\n"\n\n'
            '#~| msgid "更旧的一句。"\n#~ msgctxt "0000000000ae"\n'
            '#~ msgid "旧的一句。"\n#~ msgstr "An old sentence."\n'
        )

    def test_what_was_written_is_read_back(self, path):
        written = save(path, CATALOG, drafts={"0000000000ab"})
        again = read(path)
        trimmed = changed(CATALOG, 2, source="一行，\n两行。")
        assert again.catalog == trimmed
        assert (again.data, again.hash, again.entries) == (written.data, written.hash, written.entries)

    def test_writing_it_again_touches_nothing(self, path):
        save(path, CATALOG, drafts={"0000000000ab"})
        before = path.stat()
        stored = read(path)
        save(path, stored.catalog, stored, drafts={"0000000000ab"})
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        assert path.stat().st_ino == before.st_ino

    def test_one_edited_segment_changes_at_most_ten_lines(self, path):
        segments = tuple(
            Segment(f"{number:012x}", f"第{number}句：" + "佛山家具。" * 30, "One long sentence. " * 20)
            for number in range(1, 201)
        )
        catalog = Catalog("delegation", ENGLISH, segments)
        stored = save(path, catalog, drafts={"000000000064"})
        for fields in ({"target": "Another text."}, {"source": "新的一句。", "previous_source": segments[99].source}):
            before = path.read_text().splitlines()
            catalog = changed(catalog, 99, **fields)
            stored = save(path, catalog, stored)
            lines = list(difflib.unified_diff(before, path.read_text().splitlines(), n=0))[2:]
            assert 2 <= len([line for line in lines if line[0] in "+-"]) <= 10

    def test_a_file_changed_meanwhile_is_not_overwritten(self, path):
        stored = save(path, CATALOG)
        path.write_bytes(path.read_bytes().replace(b"600", b"700"))
        with pytest.raises(StorageError, match="changed by another program"):
            save(path, changed(CATALOG, 0, target="x"), stored)
        assert b"700" in path.read_bytes()
        with pytest.raises(StorageError, match="made by another program"):
            save(path, CATALOG)

    @pytest.mark.parametrize("text", ["half \ud83d", "\udc00", "a\0b", "a\4b"])
    def test_a_text_no_file_can_hold_is_refused(self, path, text):
        with pytest.raises(InputError, match="segment 0000000000aa"):
            save(path, changed(CATALOG, 0, target=text))
        assert not path.exists()

    def test_a_catalog_too_large_to_read_is_not_written(self, path, monkeypatch):
        monkeypatch.setattr(catalogs, "LIMIT", 10_000)
        with pytest.raises(InputError, match="larger than"):
            save(path, changed(CATALOG, 0, target="x" * catalogs.LIMIT))
        assert not path.exists()

    def test_fuzzy_means_a_draft_with_a_text(self, path):
        drafts = {"0000000000aa", "0000000000ac"}
        stored = save(path, CATALOG, drafts=drafts)
        assert [one.flags for one in polib.pofile(str(path))][:4] == [["fuzzy"], [], [], []]
        save(path, CATALOG, stored, drafts={"0000000000ac"})
        assert b"fuzzy" not in path.read_bytes()

    def test_a_draft_that_becomes_obsolete_stays_fuzzy(self, path):
        stored = save(path, CATALOG, drafts={"0000000000aa"})
        gone = replace(CATALOG, segments=CATALOG.segments[1:], obsolete=(*CATALOG.obsolete, CATALOG.segments[0]))
        save(path, gone, stored)
        assert '#, fuzzy\n#~ msgctxt "0000000000aa"' in path.read_text()


OTHERS = (
    '# Kept by the desk.\n#\nmsgid ""\nmsgstr ""\n"X-Poedit-Bookmarks: 1\\n"\n"Language: en_GB\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"MIME-Version: 1.0\\n"\n\n'
    '#: menu.c:3\n#, c-format\nmsgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "a"\n'
    'msgstr[1] ""\n"b"\n\n'
    '# Eleanor: is this right?\n#  {"a": [1, 2]}\n#. from the desk\n#: other.md:7 articles/delegation.md:9\n'
    '#, fuzzy, no-wrap\n#= sticky\nmsgctxt "0000000000aa"\nmsgid "佛山"\nmsgstr "Foshan"\n\n'
    'msgctxt "menu"\nmsgid "Open"\nmsgstr "Open"\n\n'
    '# Once there.\n#, fuzzy\n#~| msgid "older"\n#~ msgctxt "menu"\n#~ msgid "old"\n#~ msgstr "alt"\n\n'
    "# The end.\n"
)


class TestWhatOthersPutIn:
    def test_entries_that_are_not_ours_are_no_part_of_the_catalog(self, path):
        path.write_text(OTHERS)
        assert texts(read(path).catalog) == ({"0000000000aa": ("佛山", "Foshan")}, {})

    def test_everything_of_theirs_is_kept(self, path):
        path.write_text(OTHERS)
        stored = read(path)
        added = (replace(stored.catalog.segments[0], target="Foshan City", kind=Kind.HEADLINE), *CATALOG.segments[1:])
        save(path, replace(stored.catalog, segments=added, obsolete=CATALOG.obsolete), stored)
        after = path.read_text().split("\n")
        lost = [line for line in OTHERS.split("\n") if line not in after]
        assert lost == ["#, fuzzy, no-wrap", 'msgstr "Foshan"']
        assert "#, no-wrap" in after
        assert len(read(path).entries) == 6 + 3 + 1

    def test_their_comments_survive_a_segments_end(self, path):
        path.write_text(OTHERS)
        stored = read(path)
        gone = replace(stored.catalog, segments=(), obsolete=stored.catalog.segments)
        save(path, gone, stored)
        assert "# Eleanor: is this right?\n" in path.read_text()
        assert texts(read(path).catalog) == ({}, {"0000000000aa": ("佛山", "Foshan")})

    def test_an_untouched_entry_keeps_its_wrapping(self, path):
        save(path, CATALOG)
        wrapped = path.read_text().replace('msgstr "Orders exceed', 'msgstr ""\n"Orders "\n"exceed')
        path.write_text(wrapped)
        stored = read(path)
        save(path, changed(stored.catalog, 0, target="Foshan"), stored)
        assert '\n"Orders "\n"exceed 600 million yuan."\n' in path.read_text()

    def test_an_indented_entry_is_understood(self, path):
        path.write_text(
            HEADER
            + '  # Jessica asks.\n\t#, fuzzy\n#| msgid "旧"\n'
            + ' msgctxt "0000000000aa"\nmsgid  ""\n       "新"\nmsgstr "new"\n'
        )
        stored = read(path)
        assert stored.entries[1].fuzzy
        assert stored.catalog.segments == (Segment("0000000000aa", "新", "new", previous_source="旧"),)
        save(path, stored.catalog, stored)
        assert "\n# Jessica asks.\n#. paragraph\n#: articles/delegation.md\n#| msgid" in path.read_text()

    def test_windows_line_ends_are_kept(self, path):
        save(path, CATALOG)
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        stored = read(path)
        assert texts(stored.catalog) == texts(changed(CATALOG, 2, source="一行，\n两行。"))
        save(path, changed(stored.catalog, 0, target="Foshan"), stored)
        assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


class TestReadingStrictly:
    def test_a_missing_file_is_an_empty_catalog(self, path):
        assert read(path) == catalogs.StoredCatalog(Catalog("delegation", ENGLISH))

    def test_of_a_segment_live_and_obsolete_the_live_one_is_read(self, path):
        live, gone = (
            '{0}msgctxt "0000000000aa"\n{0}msgid "a"\n{0}msgstr "{1}"\n'.format(*one)
            for one in (("", "b"), ("#~ ", "c"))
        )
        for body in (f"{live}\n{gone}", f"{gone}\n{live}"):
            path.write_text(HEADER + body)
            stored = read(path)
            assert [one.target for one in stored.catalog.segments] == ["b"]
            assert stored.catalog.obsolete == ()

    def test_so_it_is_between_entries_of_our_form(self, path):
        live, gone, other = (
            f'#. paragraph\n#: articles/delegation.md\nmsgctxt "0000000000a{number}"\nmsgid "{source}"\nmsgstr "b"\n'
            for number, source in enumerate(("a", "a", "c"))
        )
        gone = "".join(f"#~ {line}\n" for line in live.splitlines()[2:]).replace('"b"', '"d"')
        for body in (f"{live}\n{other}\n{gone}", f"{gone}\n{live}\n{other}", f"{live}\n{gone}\n{other}"):
            path.write_text(HEADER + body)
            stored = read(path)
            assert [one.target for one in stored.catalog.segments] == ["b", "b"]
            assert stored.catalog.obsolete == ()
            written = catalogs.write(path, stored, stored.catalog, drafts=(), root=path.parent, article_path=ARTICLE)
            assert written.data == path.read_bytes()
            assert b"#~" not in written.data
            assert read(path) == written

    @pytest.mark.parametrize(
        ("body", "line", "told"),
        [
            ('msgctxt "0000000000aa"\nmsgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\n', 6, "conflict"),
            ('msgctxt "0000000000aa"\nmsgid "a"\nmsgstr "b', 6, "not closed"),
            ('msgctxt "0000000000aa"\nmsgid "a"\nmsgstr "b\\"', 6, "not closed"),
            ('msgctxt "0000000000aa"\nmsgid "a"\n', 4, "not complete"),
            ('msgctxt "0000000000aa"\n\nmsgstr "a"\n', 4, "not complete"),
            ('msgctxt "0000000000aa"\nmsgstr "b"\nmsgid "a"\n', 4, "not complete"),
            ('#| msgid "a"\n', 4, "not complete"),
            ('msgctxt "0000000000aa"\nmsgid "a"\n#~ msgstr "b"\n', 4, "obsolete"),
            ('#~ msgctxt "0000000000aa"\n#~ msgid "a"\n#~ msgstr ""\n"b"\n', 4, "obsolete"),
            ('#| msgid "z"\n#~ msgctxt "0000000000aa"\n#~ msgid "a"\n#~ msgstr ""\n', 4, "obsolete"),
            ('msgctxt "0000000000aa"\nmsgid "a\\q"\nmsgstr "b"\n', 5, "escape"),
            ('msgctxt "0000000000aa"\nmsgid "a\\x41"\nmsgstr "b"\n', 5, "escape"),
            ('msgctxt "0000000000aa"\nmsgid "a" msgstr "b"\n', 5, "no line of a PO file"),
            ('msgctxt "0000000000aa"\nmsgid "a"b"\nmsgstr "b"\n', 5, "no line of a PO file"),
            ("A letter to Jessica.\n", 4, "no line of a PO file"),
            ('msgctxt "0000000000aa"\nmsgid ""\nmsgstr "b"\n', 4, "no source"),
            ('msgctxt "0000000000aa"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 4, "plural"),
            ('msgctxt "0000000000aa"\nmsgid "a"\nmsgstr "b"\n\n' * 2, 8, "already in line 4"),
            (
                'msgctxt "0000000000aa"\nmsgid "a"\nmsgstr ""\n\n#~ msgctxt "0000000000aa"\n#~ msgid "c"\n#~ msgstr ""',
                8,
                "the id 0000000000aa is already in line 4",
            ),
            ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 7, "already in line 4"),
        ],
    )
    def test_what_is_wrong_is_named_with_its_line(self, path, body, line, told):
        path.write_text(HEADER + body)
        with pytest.raises(InputError) as caught:
            read(path)
        assert told in str(caught.value)
        assert f"delegation.po, line {line}:" in str(caught.value)

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "holds no entry"),
            (b"# only a remark\n\n", "holds no entry"),
            (b"\xef\xbb\xbf" + HEADER.encode(), "line 1"),
            (HEADER.encode() + b'msgid "\xb7\xf0"\nmsgstr ""\n', "line 4, byte"),
            (HEADER.encode() + b'msgid "a\0"\nmsgstr ""\n', "NUL"),
            (b"# only a remark\n \n# and another\n", "holds no entry"),
            (b'msgid ""\nmsgstr "Language: en\\n"\n', "line 1: the header names no charset"),
            (HEADER.replace("UTF-8", "GB18030").encode(), "'GB18030'"),
        ],
    )
    def test_what_is_no_catalog_is_refused(self, path, data, told):
        path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            read(path)
        assert told in str(caught.value)

    def test_a_file_of_enormous_size_is_refused(self, path):
        with path.open("wb") as file:
            file.truncate(catalogs.LIMIT + 1)
        with pytest.raises(InputError, match="larger than"):
            read(path)

    def test_a_cut_off_file_is_never_half_read(self, path):
        whole = save(path, replace(CATALOG, obsolete=())).data
        last = whole.rindex(b"\n\n")
        for end in range(whole.index(b"\n\n") + 2, len(whole) - 1):
            path.write_bytes(whole[:end])
            try:
                live = texts(read(path).catalog)[0]
            except InputError:
                continue
            # Only a cut between two entries, or at an end of line in one that goes on, can pass.
            assert whole[:end].rstrip().endswith(b'"') or whole[:end].rstrip().split(b"\n")[-1].startswith(b"#"), end
            assert end < last or len(live) >= 3

    def test_a_message_is_safe_to_print(self, path):
        path.write_text(HEADER + 'msgid "a\\\x1b[2J"\nmsgstr ""\n')
        with pytest.raises(InputError) as caught:
            read(path)
        assert str(caught.value).isprintable()


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\4"), max_size=40)
tricky = st.text(st.sampled_from(list('"\\ntra\n\r\t\a\b\f\v #~|\u2028\u2029\x85\x1c\x1b\ufeff佛한あ%{}')), max_size=20)
sources = (anything | tricky).map(lambda text: text.strip("\n")).filter(bool)
targets = (anything | tricky).map(lambda text: text.strip("\n"))
segments = st.builds(
    Segment,
    id=st.integers(0, 16**12 - 1).map("{:012x}".format),
    source=sources,
    target=targets,
    kind=st.sampled_from(Kind),
    previous_source=st.none() | sources,
)
any_catalog = st.builds(
    lambda all_segments, cut: Catalog(
        "delegation",
        ENGLISH,
        tuple(all_segments[:cut]),
        tuple(replace(one, kind=Kind.PARAGRAPH) for one in all_segments[cut:]),
    ),
    st.lists(segments, max_size=6, unique_by=lambda one: one.id),
    st.integers(0, 6),
)


class TestLaws:
    @given(any_catalog, st.data())
    def test_any_text_is_read_back(self, tmp_path_factory, catalog, data):
        path = tmp_path_factory.mktemp("law") / "delegation.po"
        drafts = {one.id for one in catalog.segments if data.draw(st.booleans())}
        save(path, catalog, drafts=drafts)
        stored = read(path)
        assert stored.catalog == catalog
        assert catalogs.render(stored, catalog, drafts=drafts, article_path=ARTICLE) == stored.data

    @given(any_catalog, any_catalog)
    def test_any_change_gives_what_a_new_file_would_say(self, tmp_path_factory, before, after):
        path = tmp_path_factory.mktemp("law") / "delegation.po"
        stored = save(path, before, drafts=[one.id for one in before.segments])
        save(path, after, stored)
        assert read(path).catalog == after


def outcome(parse, *given: object) -> object:
    """What a way of parsing makes of a text: the entries with their texts, or the sentence it is refused with."""
    try:
        entries, joined = parse(*given, "a catalog")
    except InputError as error:
        return str(error)
    return entries, list(joined)


PLAIN = (
    "",
    "#. paragraph",
    f"#: {ARTICLE}",
    'msgctxt "0000000000aa"',
    'msgctxt "0000000000ab"',
    'msgid "一句。"',
    'msgstr "A \\"sentence\\"."',
)
STRANGE = (
    "",
    "# a remark",
    '"and so on"',
    '#~ "and so on"',
    "#, fuzzy",
    "#, fuzzy, no-wrap",
    "#. heading",
    "#: articles/other.md:7",
    '#| msgid "an older one"',
    'msgid "an entry of others"',
    'msgstr "of others"',
    'msgstr[1] "plural"',
    'msgctxt "0000000000aa"',
    '#~ msgid "gone"',
    '#~ msgstr "gone too"',
    "<<<<<<< ours",
    'msgstr "not closed',
)


class TestOurForm:
    """Entries in our own form are read without polib, and say what polib says of them."""

    @staticmethod
    def check(text: str) -> None:
        by_lines = outcome(catalogs._parse_all_by_lines, text)
        assert outcome(catalogs._parse, text.encode(), text) == by_lines

    @given(any_catalog, st.data())
    def test_any_catalog(self, catalog, data):
        drafts = {one.id for one in catalog.segments if data.draw(st.booleans())}
        self.check(catalogs.render(None, catalog, drafts=drafts, article_path=ARTICLE).decode())

    @given(
        any_catalog.filter(lambda catalog: catalog.segments),
        st.lists(st.tuples(st.floats(0, 1), st.sampled_from(STRANGE), st.booleans()), min_size=1, max_size=4),
        st.sampled_from(["\n", "\r\n", "\n\n"]),
    )
    def test_any_catalog_with_lines_of_others_in_it(self, catalog, strange, end):
        lines = catalogs.render(None, catalog, drafts=(), article_path=ARTICLE).decode().split("\n")
        for place, line, instead in strange:
            at = int(place * len(lines))
            lines[at : at + instead] = [line]
        self.check("\n".join(lines).removesuffix("\n") + end)

    @given(st.lists(st.sampled_from([*STRANGE, *PLAIN]), max_size=12))
    def test_any_lines(self, lines):
        self.check("\n".join(lines))

    def test_a_catalog_of_ours_needs_polib_for_its_header_alone(self, path, monkeypatch):
        save(path, CATALOG)
        parsed = []
        real = polib.pofile
        monkeypatch.setattr(polib, "pofile", lambda text, **more: parsed.append(text) or real(text, **more))
        many = tuple(Segment(f"{number:012x}", f"第{number}句。", f"{number}.") for number in range(300))
        save(path, Catalog("delegation", ENGLISH, many), read(path))
        parsed.clear()
        assert read(path).catalog.segments == many
        assert max(map(len, parsed)) < 2000


class TestWritingAgain:
    """A catalog written over the one just written is the one written at once."""

    @given(any_catalog.filter(lambda catalog: catalog.segments), st.data())
    def test_with_some_segments_changed(self, tmp_path_factory, catalog, data):
        path = tmp_path_factory.mktemp("again") / "delegation.po"
        stored = None
        for _ in range(3):
            drafts = {one.id for one in catalog.segments if data.draw(st.booleans())}
            stored = save(path, catalog, stored, drafts=drafts)
            again = read(path)
            assert (again.data, again.entries, again.texts) == (stored.data, stored.entries, stored.texts)
            assert again.catalog == catalog
            changes = data.draw(st.dictionaries(st.integers(0, len(catalog.segments) - 1), targets))
            chosen = [
                replace(one, target=changes[place]) if place in changes else one
                for place, one in enumerate(catalog.segments)
            ]
            catalog = replace(catalog, segments=tuple(chosen))

    def test_others_lines_and_line_ends_stay(self, path):
        save(path, CATALOG)
        text = path.read_text().replace("#. quote\n", "# a remark of somebody's\n#. quote\n")
        path.write_bytes(text.replace("\n", "\r\n").encode())
        stored = save(path, changed(CATALOG, 0, target="Foshan in Japan"), read(path))
        stored = save(path, changed(stored.catalog, 1, target="Orders worth 600 million yuan."), stored)
        expected = (
            text.replace("Foshan delegation visits Japan and Korea", "Foshan in Japan")
            .replace("Orders exceed 600 million yuan.", "Orders worth 600 million yuan.")
            .replace("\n", "\r\n")
        )
        assert path.read_bytes().decode() == expected
        assert read(path) == replace(stored, catalog=read(path).catalog)

    def test_a_file_that_another_program_changed_meanwhile_is_not_overwritten(self, path):
        stored = save(path, CATALOG)
        stored = save(path, changed(CATALOG, 0, target="Foshan in Japan"), stored)
        theirs = path.read_bytes().replace(b"Foshan in Japan", b"Foshan to Japan")
        path.write_bytes(theirs)
        with pytest.raises(StorageError, match="changed by another program"):
            save(path, changed(stored.catalog, 0, target="Foshan and Japan"), stored)
        assert path.read_bytes() == theirs


class TestAmongTheGettextTools:
    @given(any_catalog.filter(lambda catalog: catalog.segments))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_msgfmt_accepts_and_msgcat_keeps_any_text(self, tool, tmp_path_factory, catalog):
        path = tmp_path_factory.mktemp("tools") / "delegation.po"
        save(path, catalog, drafts=[one.id for one in catalog.segments])
        run = subprocess.run([tool("msgfmt"), "-c", "-o", "/dev/null", path], capture_output=True, check=True)
        assert (run.stdout, run.stderr) == (b"", b"")
        path.write_bytes(subprocess.run([tool("msgcat"), path], capture_output=True, check=True).stdout)
        # msgcat drops obsolete entries without a translation, which hold nothing to lose.
        kept = replace(catalog, obsolete=tuple(one for one in catalog.obsolete if one.target))
        assert texts(read(path).catalog) == texts(kept)

    @pytest.mark.parametrize(
        "command",
        [
            ["msgcat"],
            ["msgcat", "--no-wrap"],
            ["msgcat", "--width=40"],
            ["msgcat", "--sort-output"],
            ["msgcat", "--indent", "--width=30"],
            ["msgcat", "--no-location"],
            ["msgattrib"],
            ["msgattrib", "--clear-fuzzy"],
            ["msgconv", "-t", "UTF-8"],
        ],
        ids=" ".join,
    )
    def test_another_tools_rewriting_is_taken_up(self, tool, path, command):
        save(path, CATALOG, drafts={"0000000000ab"})
        before = read(path).catalog
        run = subprocess.run([tool(command[0]), *command[1:], path], capture_output=True, check=True)
        path.write_bytes(run.stdout)
        after = read(path)
        assert texts(after.catalog) == texts(before)
        save(path, before, after, drafts={"0000000000ab"})
        assert read(path).catalog == before

    def test_msgmerge_with_a_template_is_taken_up(self, tool, path):
        save(path, CATALOG, drafts={"0000000000ab"})
        before = read(path).catalog
        template = path.with_suffix(".pot")
        emptied = replace(before, segments=tuple(replace(one, target="") for one in before.segments), obsolete=())
        save(template, emptied)
        run = subprocess.run([tool("msgmerge"), "-q", path, template], capture_output=True, check=True)
        path.write_bytes(run.stdout)
        assert texts(read(path).catalog) == texts(before)

    def test_an_edit_in_another_editor_is_taken_up(self, path):
        save(path, CATALOG, drafts={"0000000000ab"})
        other = polib.pofile(str(path), wrapwidth=60)
        entry = other.find("0000000000ab", by="msgctxt")
        entry.msgstr, entry.flags, entry.previous_msgid = "Intended orders exceed 600 million yuan.", [], None
        other.metadata["X-Generator"] = "Another editor"
        other.save()
        stored = read(path)
        assert stored.catalog.segments[1] == Segment(
            "0000000000ab", "意向订单超过6亿元。", "Intended orders exceed 600 million yuan."
        )
        save(path, stored.catalog, stored)
        assert "X-Generator: Another editor" in path.read_text()

    def test_an_entry_edited_here_in_a_rewritten_file_still_passes_msgfmt(self, tool, path):
        save(path, CATALOG, drafts={"0000000000ab"})
        path.write_bytes(subprocess.run([tool("msgcat"), "-w", "40", path], capture_output=True, check=True).stdout)
        stored = read(path)
        save(path, changed(stored.catalog, 0, target="Foshan in Japan\nand Korea"), stored)
        run = subprocess.run([tool("msgfmt"), "-c", "-o", "/dev/null", path], capture_output=True, check=True)
        assert run.stderr == b""
