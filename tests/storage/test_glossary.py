"""Glossary files: missing, broken, and as people save them."""

import pytest

from reviewtool.errors import InputError
from reviewtool.model.glossary import Glossary, Term
from reviewtool.model.language import Language
from reviewtool.storage import glossary

EN = Language("en")


def test_a_glossary_is_read_from_its_file(tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text("source\tpreferred\n佛山\tFoshan\n", encoding="utf-8")
    assert glossary.read(path, EN) == Glossary(EN, (Term("佛山", ("Foshan",)),))


def test_no_file_is_a_glossary_without_terms(tmp_path):
    assert glossary.read(tmp_path / "glossary.tsv", EN) == Glossary(EN)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\tb\n\xff\xfe\tb\n", "line 2.*not UTF-8"),
        (b"a\tb\x00\n", "line 1.*NUL"),
        (b"a\tb\njust words\n", r"glossary\.tsv:2"),
        (b"a\tb\n" * 2_500_001, "larger than"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(tmp_path, data, message):
    path = tmp_path / "glossary.tsv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        glossary.read(path, EN)
