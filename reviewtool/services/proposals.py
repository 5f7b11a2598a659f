"""Proposals: what a pasted text would come in as, so that a person can say yes to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from reviewtool.errors import InputError
from reviewtool.formats import pasted
from reviewtool.model.article import Article
from reviewtool.model.language import Language
from reviewtool.model.script import script_of
from reviewtool.storage import articles, files
from reviewtool.storage.project import Project, Settings, is_slug

PASTED = "the pasted text"
"""What messages call it."""
_LONGEST_SLUG = 50
_NO_LETTERS = dict.fromkeys((0x27, 0x2019, *range(0x300, 0x370)))
"""Apostrophes and accents, which part no words."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_USUAL = {"Hani": Language("zh-CN"), "Jpan": Language("ja"), "Kore": Language("ko")}
_ENGLISH = Language("en")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a text would come in as: its name, language, headline and number of segments.

    ``text`` is its Markdown. ``there``: an article of this name has the same text already. ``warnings`` are
    sentences.
    """

    slug: str
    language: Language
    title: str
    segments: int
    text: str
    there: bool
    warnings: tuple[str, ...]


class Proposals:
    """Makes proposals; nothing is written."""

    def __init__(self, project: Project, settings: Settings) -> None:
        self._project = project
        self._settings = settings

    def of(self, text: str, *, slug: str | None = None, language: str | None = None) -> Proposal:
        """What a text would come in as.

        Without front matter it is taken for a news page. The name is made of the headline where that is in
        Latin letters, else of the date, else it is ``article-1`` or the next that is free. The language is the
        one the front matter names, else told from the script. ``slug`` and ``language`` say otherwise.
        InputError for a text that is no article.
        """
        _check(text)
        there = self._article_with(text)
        page = pasted.Pasted(there[1]) if there else pasted.read(text)
        markdown = page.text
        article = self._parsed(markdown)
        if not there and "language" not in article.keys:
            spoken = Language.parse(language) if language else self._language_of(article)
            if spoken != article.language or markdown != text:
                markdown = pasted.in_language(markdown, spoken)
                article = self._parsed(markdown)
                there = self._article_with(markdown)
        name = articles.slug_of(slug) if slug else there[0] if there else self._free_slug(article)
        return Proposal(
            name,
            article.language,
            article.title,
            len(article.passages),
            there[1] if there else markdown,
            there is not None and there[0] == name,
            (*map(_told, page.left_out), *article.warnings),
        )

    def _parsed(self, text: str) -> Article:
        return articles.parse(
            text.encode(),
            name=PASTED,
            slug="pasted",
            default_language=self._settings.source,
            front=self._settings.front,
            sentences=self._settings.by_sentence,
        )

    def _article_with(self, text: str) -> tuple[str, str] | None:
        """Name and text of the article that has this text, line ends and outer white space apart."""
        wanted = _same(text)
        leeway = text.count("\n") + 8
        size = len(text.encode())
        for slug in self._project.slugs():
            path = self._project.article(slug)
            if abs(path.stat().st_size - size) > leeway:
                continue
            there = files.read_bytes(path, limit=articles.MOST_BYTES, what="the article").decode(errors="replace")
            if _same(there) == wanted:
                return slug, there
        return None

    def _language_of(self, article: Article) -> Language:
        """The language of the workspace's that is written in the article's script, else the usual one of the script."""
        script = script_of("".join(passage.text for passage in article.passages))
        source = self._settings.source
        ours = (source, *self._settings.targets)
        if script in _USUAL:
            return next((one for one in ours if one.primary == _USUAL[script].primary), _USUAL[script])
        if script in ("", source.script):
            return source
        return next((one for one in ours if one.script == script != "Latn"), _ENGLISH)

    def _free_slug(self, article: Article) -> str:
        day = article.date if _DAY.fullmatch(article.date) else ""
        names = _numbered(_latin_slug(article.title) or day)
        return next(name for name in names if is_slug(name) and not self._is_taken(name))

    def _is_taken(self, slug: str) -> bool:
        """Whether an article has this name, or one had it whose translations or record are still here."""
        root = self._project.root
        traces = (self._project.articles.glob("*.md"), root.glob(f"locales/*/ledger/{slug}"))
        named = any(path.stem.casefold() == slug for folder in traces for path in folder)
        return named or bool(self._project.tags(slug))


def _check(text: str) -> None:
    if not text.strip():
        raise InputError("There is no text: paste an article, its headline first.")
    if len(text) > articles.MOST_BYTES:
        raise InputError(f"The text is longer than the limit of {articles.MOST_BYTES:,} bytes; split it.")
    half = next((one for one in text if "\ud800" <= one <= "\udfff"), None)
    if half is not None:
        raise InputError(f"The text holds half a character (U+{ord(half):04X}): copy it again.")


def _same(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").strip()


def _told(line: str) -> str:
    return f"{line!r} is left out: names on a pass come from signatures alone"


def _latin_slug(title: str) -> str:
    """The words of a title in Latin letters, as many as fit; "" for a title that is mostly in another script."""
    words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", title).translate(_NO_LETTERS).casefold())
    letters = sum(1 for one in title if one.isalpha())
    if 2 * sum(1 for one in "".join(words) if one.isalpha()) < letters:
        return ""
    while len(words) > 1 and len("-".join(words)) > _LONGEST_SLUG:
        words.pop()
    return "-".join(words)[:_LONGEST_SLUG]


def _numbered(name: str) -> Iterator[str]:
    """The name, then with numbers; ``article-1`` and so on for none."""
    if name:
        yield name
    yield from (f"{name or 'article'}-{number}" for number in count(2 if name else 1))
