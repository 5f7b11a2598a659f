"""Articles: one source text, cut into passages that can be replaced without touching anything else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby, pairwise

from reviewtool.errors import InputError
from reviewtool.model import splice
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind


class Setting(StrEnum):
    """What surrounds a passage in the file, which says how a translation is written back into it."""

    TEXT = "text"
    CELL = "cell"
    ALT = "alt"
    YAML = "yaml"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that becomes one segment.

    ``text`` is what the translator sees: inline Markdown kept, line breaks folded, quote and list
    prefixes taken off. It stands at ``start:end`` (characters) of :attr:`Article.text`. Passages of one
    paragraph, list item or table cell share ``paragraph``.

    ``joint`` is the white space between the passage before and this one as the translator would see it;
    None where a paragraph begins, or a line after a break that shows. ``folds`` are the characters of the
    text, by index, that do not stand right after the one before them, with their places.
    """

    kind: Kind
    text: str
    paragraph: int
    start: int
    end: int
    setting: Setting = Setting.TEXT
    joint: str | None = field(default=None, kw_only=True)
    folds: tuple[tuple[int, int], ...] = field(default=(), kw_only=True)

    def place(self, index: int) -> int:
        """Where a character of the text stands in :attr:`Article.text`."""
        if index == len(self.text):
            return self.end
        fold = max((fold for fold in self.folds if fold[0] <= index), default=(0, self.start))
        return fold[1] + index - fold[0]

    def part(self, start: int, end: int, joint: str | None) -> Passage:
        """The passage of some of its characters."""
        folds = tuple((index - start, place) for index, place in self.folds if start < index < end)
        places = self.place(start), self.place(end)
        return Passage(self.kind, self.text[start:end], self.paragraph, *places, self.setting, joint=joint, folds=folds)

    def followed_by(self, other: Passage) -> Passage:
        """The passage of this and the next one of its line."""
        text = self.text + (other.joint or "")
        jumps = [(len(self.text), self.end)] if other.joint else []
        jumps += [(len(text), other.start), *((len(text) + index, place) for index, place in other.folds)]
        return replace(self, text=text + other.text, end=other.end, folds=(*self.folds, *jumps))


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of the body: ``start:end`` of the text, holding ``passages[first:last]``.

    ``name`` is heading, paragraph, list, quote, table, figure (a paragraph of one picture), code,
    html or rule; the last three hold no passages and pass through.
    """

    name: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, heading, list item, list or quote, or several of them: what goes when all its text is omitted.

    When each of ``passages[first:last]`` is omitted, ``start:end`` of the text is replaced by ``left``.
    """

    start: int
    end: int
    first: int
    last: int
    left: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """Where the reference links of an article lead: ``label`` in normal form, ``text`` as Markdown."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit of the source from its front matter: ``role`` is author, photo, video or source."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One source text.

    ``text`` is the whole file, front matter included, line ends and byte order mark as in the file.
    ``targets`` None means the workspace's target languages. ``pictures`` are the addresses of images in
    the body, as written, in order. ``warnings`` are sentences about what is odd but no reason to refuse it.

    ``title`` is the front matter's, else the first heading of level 1; that heading is then the headline,
    and no block of the body. ``parts`` stand in order, the larger before those within it;
    ``language_span`` is where the front matter names the language; ``keys`` are all keys it has.
    """

    slug: str
    language: Language
    text: str
    title: str
    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]
    date: str = ""
    dateline: str = ""
    credits: tuple[Credit, ...] = ()
    targets: tuple[Language, ...] | None = None
    pictures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    definitions: tuple[Definition, ...] = ()
    language_span: tuple[int, int] | None = None
    keys: tuple[str, ...] = ()

    def rebuild(self, targets: Sequence[str | None], language: Language | None = None) -> str:
        """The whole file with passages replaced: one target each, None keeps the source, "" omits it.

        ``language`` is that of the targets: sentences are joined as it joins them, and the front matter
        names it where it names a language. Where nothing of a paragraph changes, its bytes stay; where all
        of a paragraph, heading, list item or quote is omitted it disappears; cells stay and pictures stay.
        InputError when there is not one target for each passage.
        """
        edits = list(self._edits(targets, language))
        if language is not None and self.language_span is not None and any(target is not None for target in targets):
            edits.append(_Edit(*self.language_span, splice.yaml_text(language.tag)))
        return _edited(self.text, 0, len(self.text), sorted(edits, key=lambda edit: edit.start))

    def block_texts(self, targets: Sequence[str | None], language: Language | None = None) -> tuple[str, ...]:
        """The Markdown of each block with its passages replaced; arguments as for :meth:`rebuild`.

        Empty where all of a block's text is omitted. Link definitions that a block refers to follow it.
        """
        edits = sorted(self._edits(targets, language), key=lambda edit: edit.start)
        starts = [edit.start for edit in edits]
        return tuple(self._block_text(block, _touching(edits, starts, block)) for block in self.blocks)

    def lines(self) -> Iterator[range]:
        """The passages by index that stand in one line: those of a paragraph between two breaks that show."""
        starts = [index for index, passage in enumerate(self.passages) if passage.joint is None]
        return (range(start, end) for start, end in pairwise([*starts, len(self.passages)]))

    def recut(self, lines: Sequence[Sequence[Passage]]) -> Article:
        """The article with the passages of each of its :meth:`lines` replaced by these."""
        moved = {len(self.passages): sum(map(len, lines))}
        count = 0
        for line, passages in zip(self.lines(), lines, strict=True):
            moved[line.start] = count
            count += len(passages)
        return replace(
            self,
            passages=tuple(passage for line in lines for passage in line),
            blocks=tuple(replace(one, first=moved[one.first], last=moved[one.last]) for one in self.blocks),
            parts=tuple(replace(one, first=moved[one.first], last=moved[one.last]) for one in self.parts),
        )

    def _block_text(self, block: Block, edits: Iterable[_Edit]) -> str:
        text = _edited(self.text, block.start, block.end, edits).strip("\r\n")
        if not text.strip():
            return ""
        labels = {normal_label(label) for label in re.findall(r"\[((?:\\.|[^\[\]])+)\]", text)}
        used = [definition.text for definition in self.definitions if definition.label in labels]
        return "\n\n".join([text, *used])

    def _edits(self, targets: Sequence[str | None], language: Language | None) -> Iterator[_Edit]:
        if len(targets) != len(self.passages):
            raise InputError(
                f"{self.slug} has {len(self.passages)} segments, not {len(targets)}: sync it and try again."
            )
        removed = 0
        parts = iter([*self.parts, None])
        part = next(parts)
        for first, last in _paragraphs(self.passages):
            while part is not None and part.first <= first:
                if part.first >= removed and not any(target != "" for target in targets[part.first : part.last]):
                    removed = part.last
                    yield _Edit(part.start, part.end, part.left)
                part = next(parts)
            if first >= removed:
                yield from _paragraph_edits(self, range(first, last), targets, language)


def normal_label(label: str) -> str:
    """The form in which two labels of reference links are compared (CommonMark 4.7)."""
    return " ".join(label.split()).lower().upper()


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """The new text of one passage, and which passage that is."""

    index: int
    text: str


def _edited(text: str, start: int, end: int, edits: Iterable[_Edit]) -> str:
    """``text[start:end]`` with the edits that touch it, in order and apart from each other."""
    pieces = []
    for edit in edits:
        if edit.end <= start or edit.start >= end:
            continue
        pieces += [text[start : max(start, edit.start)], edit.text]
        start = max(start, edit.end)
    return "".join([*pieces, text[start:end]])


def _touching(edits: Sequence[_Edit], starts: Sequence[int], block: Block) -> Sequence[_Edit]:
    """The edits that may touch a block: those that start in it, and the one before, which may reach into it."""
    first = bisect_left(starts, block.start)
    return edits[max(0, first - 1) : bisect_left(starts, block.end)]


def _paragraphs(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """The ``first, last`` of the passages of each paragraph."""
    for _, members in groupby(range(len(passages)), key=lambda index: passages[index].paragraph):
        indices = list(members)
        yield indices[0], indices[-1] + 1


def _paragraph_edits(
    article: Article, indices: range, targets: Sequence[str | None], language: Language | None
) -> Iterator[_Edit]:
    passages = article.passages
    if all(targets[index] in (None, passages[index].text) for index in indices):
        return
    texts = [_Piece(index, _kept(targets[index], passages[index].text)) for index in indices]
    pieces = [piece for piece in texts if piece.text]
    start, end = passages[indices[0]].start, passages[indices[-1]].end
    yield _Edit(start, end, _joined(article, pieces, language) if pieces else _nothing(passages[indices[0]]))


def _kept(target: str | None, source: str) -> str:
    return source if target is None else target.strip()


def _nothing(passage: Passage) -> str:
    """What stands where all of a paragraph is omitted that cannot disappear."""
    return {Setting.TEXT: "<!-- -->", Setting.YAML: '""'}.get(passage.setting, "")


def _joined(article: Article, pieces: Sequence[_Piece], language: Language | None) -> str:
    text = _written(article.passages[pieces[0].index], pieces[0].text, starts_line=True)
    for left, right in pairwise(pieces):
        gap = _gap(article, left, right, language)
        text += gap + _written(article.passages[right.index], right.text, starts_line="\n" in gap or "\r" in gap)
    return text


def _gap(article: Article, left: _Piece, right: _Piece, language: Language | None) -> str:
    """What stands between two sentences: a line break that shows stays, other white space is the language's."""
    passages = article.passages[left.index : right.index + 1]
    gaps = [article.text[one.end : other.start] for one, other in pairwise(passages)]
    hard = next((gap for gap in gaps if splice.is_hard_break(gap)), None)
    if hard is not None:
        return hard
    return gaps[0] if language is None else splice.joint(left.text, right.text, language)


def _written(passage: Passage, text: str, *, starts_line: bool) -> str:
    """A text as it has to be written where the passage stands."""
    match passage.setting:
        case Setting.CELL:
            return splice.cell_text(text)
        case Setting.ALT:
            return splice.alt_text(text)
        case Setting.YAML:
            return splice.yaml_text(text)
        case Setting.TEXT if passage.kind in (Kind.HEADING, Kind.HEADLINE):
            return splice.heading_text(text)
        case Setting.TEXT:
            return splice.paragraph_text(text, starts_line=starts_line)
