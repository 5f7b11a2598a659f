import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reviewtool.errors import InputError
from reviewtool.formats import tmx
from reviewtool.formats.tmx import Variant
from reviewtool.model.language import Language

ZH, EN, JA = Language("zh-CN"), Language("en"), Language("ja")


def document(body: str, head: str = '<?xml version="1.0"?>', srclang: str = "en") -> str:
    return f'{head}<tmx version="1.4"><header srclang="{srclang}"/><body>{body}</body></tmx>'


def units(body: str, **options: str) -> list[tuple[Variant, ...]]:
    return list(tmx.read(document(body, **options).encode(), "desk.tmx"))


def segment(inner: str) -> str:
    [[variant]] = units(f'<tu><tuv xml:lang="en"><seg>{inner}</seg></tuv></tu>')
    return variant.text


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        list(tmx.read(data, "desk.tmx"))
    return str(caught.value)


def test_a_unit_has_all_its_languages():
    body = (
        '<tu><tuv xml:lang="zh-CN"><seg>代表团</seg></tuv><tuv xml:lang="EN"><seg>delegation</seg></tuv>'
        '<tuv lang="ja"><seg>代表団</seg></tuv></tu>'
    )
    assert units(body) == [(Variant(ZH, "代表团"), Variant(EN, "delegation"), Variant(JA, "代表団"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_told_by_the_mark_or_the_declaration(encoding):
    name = encoding.upper() if not encoding.endswith("sig") else "UTF-8"
    name = "UTF-16" if name.startswith("UTF-16") else name
    text = document(
        '<tu><tuv xml:lang="ko"><seg>대표단</seg></tuv></tu>', head=f'<?xml version="1.0" encoding="{name}"?>'
    )
    assert list(tmx.read(text.encode(encoding), "desk.tmx")) == [(Variant(Language("ko"), "대표단"),)]


def test_latin_1_is_read_as_declared():
    text = document(
        '<tu><tuv xml:lang="fr"><seg>délégation</seg></tuv></tu>', head='<?xml version="1.0" encoding="ISO-8859-1"?>'
    )
    assert list(tmx.read(text.encode("latin-1"), "desk.tmx")) == [(Variant(Language("fr"), "délégation"),)]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<bpt i="1">&lt;b&gt;</bpt>Tokyo<ept i="1">&lt;/b&gt;</ept> fair', "Tokyo fair"),
        ('<bpt i="1">**</bpt>Tokyo<ept i="1">**</ept> fair', "**Tokyo** fair"),
        ('Dear <ph x="1">{name}</ph>,', "Dear {name},"),
        ("one<ph>&lt;br/&gt;</ph>two", "one two"),
        ("a <hi>marked <hi>word</hi></hi> here", "a marked word here"),
        (r"<it pos='begin'>\b </it>bold", "bold"),
        ("see <ut>&lt;a&gt;</ut>there", "see there"),
        ('<ph>&lt;img alt="<sub>a picture</sub>"&gt;</ph>caption', "caption"),
        ("  Q&amp;A &lt;live&gt;\n", "Q&A <live>"),
        ("<![CDATA[<b>]]>", "<b>"),
    ],
)
def test_codes_of_the_original_format_are_taken_off(inner, text):
    assert segment(inner) == text


def test_neighbours_are_read_from_props_of_the_source_language_or_the_variant():
    body = (
        '<tu><prop type="x-context-pre">&lt;seg&gt;您好。&lt;/seg&gt;</prop>'
        '<tuv xml:lang="en"><seg>Thanks.</seg></tuv>'
        '<tuv xml:lang="zh-CN"><prop type="x-context-post">再见。</prop><seg>谢谢。</seg></tuv></tu>'
    )
    assert units(body, srclang="zh-CN") == [
        (Variant(EN, "Thanks."), Variant(ZH, "谢谢。", before="您好。", after="再见。"))
    ]


def test_neither_an_empty_variant_nor_one_in_no_language_is_given():
    body = '<tu><tuv xml:lang="en"><seg> </seg></tuv><tuv xml:lang="!"><seg>x</seg></tuv></tu>'
    assert units(body) == [()]


def test_a_bare_doctype_is_passed_over():
    head = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    assert units('<tu><tuv xml:lang="en"><seg>one</seg></tuv></tu>', head=head) == [(Variant(EN, "one"),)]


def test_no_file_is_read_by_way_of_an_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    head = f'<!DOCTYPE tmx [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    data = document('<tu><tuv xml:lang="en"><seg>&e;</seg></tuv></tu>', head=head).encode()
    assert refusal(data) == (
        "desk.tmx, line 1: it declares entities or elements of its own, which is not allowed; remove them."
    )


def test_a_bomb_of_entities_is_refused():
    steps = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    head = f'<!DOCTYPE tmx [<!ENTITY a0 "lol">{steps}]>'
    assert "declares entities" in refusal(document("<tu><tuv><seg>&a9;</seg></tuv></tu>", head=head).encode())


def test_an_entity_of_a_document_type_that_is_not_loaded_does_not_vanish():
    head = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    data = document('<tu><tuv xml:lang="en"><seg>a&nbsp;b</seg></tuv></tu>', head=head).encode()
    assert "the entity 'nbsp' is not known" in refusal(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no element found"),
        (b"<tmx>\n<body>\n<tu>", "line 3: it is no well-formed XML"),
        (b"<tmx>\n\xff</tmx>", "line 2: it is no well-formed XML (not well-formed (invalid token))"),
        (b"<tmx>\0</tmx>", "it is no well-formed XML"),
        (b"<html/>", "it is no TMX file: it begins with 'html'"),
        (b"<tmx><body><tu>\n<tuv><seg>x</seg></tuv></tu></body></tmx>", "line 2: a <tuv> does not say its language"),
        (b'<?xml version="1.0" encoding="GB18030"?><tmx/>', "encoding is not supported; save it as UTF-8"),
        (b'<?xml version="1.0" encoding="none-such"?><tmx/>', "encoding is not supported; save it as UTF-8"),
        (b"<tmx>" + b"<body>" * 50, "nested deeper than 40"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, reason):
    message = refusal(data)
    assert reason in message
    assert message.startswith("desk.tmx")
    assert message.isprintable()


def test_what_stands_before_a_fault_has_been_given():
    data = document('<tu><tuv xml:lang="en"><seg>one</seg></tuv></tu>').encode()
    filler = b" " * (512 * 1024)
    read = tmx.read(data.replace(b"</body>", filler + b"</oops>"), "desk.tmx")
    assert next(read) == (Variant(EN, "one"),)
    with pytest.raises(InputError):
        next(read)


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(tmx, "MAX_BYTES", 10)
    assert refusal(b"<tmx></tmx>") == "desk.tmx is larger than the limit of 10 bytes; split it."


def test_a_character_that_xml_cannot_hold_is_refused():
    with pytest.raises(InputError, match=r"U\+0007"):
        tmx.write([(Variant(EN, "bell\a"),)], EN)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
variants = st.builds(
    Variant,
    st.sampled_from([ZH, EN, JA]),
    texts.map(str.strip).filter(bool),
    before=texts.map(str.strip).filter(lambda text: "seg>" not in text),
    after=texts.map(str.strip).filter(lambda text: "seg>" not in text),
)


@given(st.lists(st.lists(variants, max_size=3).map(tuple), max_size=4))
def test_what_is_written_is_read_back(written):
    data = tmx.write(written, ZH)
    assert list(tmx.read(data, "desk.tmx")) == written
    assert etree.fromstring(data).get("version") == "1.4"
