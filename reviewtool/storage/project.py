"""A workspace on disk: where things lie, and what ``reviewtool.toml`` says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from reviewtool.errors import InputError
from reviewtool.model.byline import CREDITS, HouseStyle, default_label
from reviewtool.model.language import Language
from reviewtool.model.policy import DESK, Pass, Person, Policy, Role
from reviewtool.model.segment import Kind
from reviewtool.storage import files

SETTINGS = "reviewtool.toml"
_PERSON_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_PASS_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_PARTS_NAMES = re.compile(r"[,，、&;；|｜│︱丨\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MOST_SETTINGS = 1_000_000

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows gives to devices, so that no file can have them."""


def is_slug(name: str) -> bool:
    """Whether a name can be an article's: it is part of paths on every system, and never leads out of one."""
    return _SLUG.fullmatch(name) is not None and name not in RESERVED


def _is_tag(name: str) -> bool:
    try:
        Language.parse(name)
    except InputError:
        return False
    return True


@dataclass(frozen=True)
class Project:
    """Where the things of one workspace lie, below its root."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Project:
        """The workspace of this folder or the nearest one above it that has a ``reviewtool.toml``."""
        start = start.absolute()
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder)
        raise InputError(f"{start} is in no workspace: run `reviewtool init` there, or give its folder with -C.")

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / SETTINGS

    @property
    def articles(self) -> Path:
        """The folder of the source texts."""
        return self.root / "articles"

    def article(self, slug: str) -> Path:
        """The source text of an article."""
        return self.articles / f"{slug}.md"

    def catalog(self, slug: str, language: Language) -> Path:
        """The present translation of an article."""
        return self.root / "locales" / language.tag / "LC_MESSAGES" / f"{slug}.po"

    def tags(self, slug: str) -> tuple[str, ...]:
        """The language tags in which an article has a catalog; a folder whose name is no tag is passed over."""
        found = {path.parent.parent.name for path in self.root.glob(f"locales/*/LC_MESSAGES/{slug}.po")}
        return tuple(sorted(filter(_is_tag, found)))

    def ledger(self, slug: str, language: Language) -> Path:
        """The folder with the record of an edition, a file a person."""
        return self.root / "locales" / language.tag / "ledger" / slug

    def orphans(self) -> tuple[tuple[str, str], ...]:
        """Slug and language tag of every record whose article is not there."""
        records = (path.parent for path in self.root.glob("locales/*/ledger/*/*.jsonl"))
        found = {(path.name, path.parent.parent.name) for path in records if not self.article(path.name).exists()}
        return tuple(sorted(found))

    def glossary(self, language: Language) -> Path:
        """The terms of a target language."""
        return self.root / "locales" / language.tag / "glossary.tsv"

    @property
    def memory(self) -> Path:
        """The folder of translation memories."""
        return self.root / "memory"

    @property
    def editions(self) -> Path:
        """Where exports go."""
        return self.root / "editions"

    @property
    def cache(self) -> Path:
        """What can be made again."""
        return self.root / ".reviewtool" / "cache"

    @property
    def state(self) -> Path:
        """This clone's own state."""
        return self.root / ".reviewtool" / "state"

    def sweep(self) -> None:
        """Remove temporary files that a killed process left; only while holding the workspace's lock."""
        kept = (*self.state.glob("unfinished/*"), *self.root.glob("locales/*/LC_MESSAGES"))
        for folder in (self.root, self.articles, self.state, *kept):
            files.sweep(folder)

    def slugs(self) -> tuple[str, ...]:
        """The slugs of all articles, sorted; a file whose name can be no slug is passed over."""
        return tuple(sorted(path.stem for path in self.articles.glob("*.md") if is_slug(path.stem)))

    def relative(self, path: Path) -> str:
        """A path as it is shown: from the root where it lies below it."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A table of the settings file in which a key not known is a mistake."""


class _Person(_Strict, frozen=True, kw_only=True):
    id: str
    name: str | dict[str, str]
    passes: list[str] | None = None


class _Pass(_Strict, frozen=True, kw_only=True):
    name: str
    role: Literal["translator", "reviser", "proofreader", "editor"]
    signers: int = 1
    approvals: int | Literal["changed"] = 1
    kinds: list[str] | None = None


class _Byline(_Strict, frozen=True, kw_only=True):
    order: list[str] = []
    labels: dict[str, dict[str, str]] = {}
    separators: dict[str, dict[str, str]] = {}


class _Articles(_Strict, frozen=True, kw_only=True):
    segments: Literal["sentence", "paragraph"] = "sentence"
    front: tuple[str, ...] = ("title",)


class _Drafting(_Strict, frozen=True, kw_only=True):
    engine: str = "memory"


class _Checks(_Strict, frozen=True, kw_only=True):
    off: list[str] = []
    options: dict[str, dict[str, Any]] = {}


class _Memory(_Strict, frozen=True, kw_only=True):
    threshold: int = 75


class _File(_Strict, frozen=True, kw_only=True):
    name: str = ""
    source_language: str = "zh-CN"
    target_languages: tuple[str, ...] = ("en",)
    signing: Literal["optional", "required"] = "optional"
    override: bool = False
    people: list[_Person] = []
    passes: tuple[_Pass, ...] = (
        _Pass(name="translation", role="translator"),
        _Pass(name="revision", role="reviser"),
    )
    byline: _Byline = _Byline()
    articles: _Articles = _Articles()
    drafting: _Drafting = _Drafting()
    engines: dict[str, dict[str, Any]] = {}
    checks: _Checks = _Checks()
    memory: _Memory = _Memory()


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``reviewtool.toml`` says, checked; the comments of the file that ``init`` writes explain each key."""

    name: str
    source: Language
    targets: tuple[Language, ...]
    signing: str
    policy: Policy
    style: HouseStyle
    by_sentence: bool
    front: tuple[str, ...]
    engine: str
    engines: Mapping[str, Mapping[str, Any]]
    checks_off: frozenset[str]
    check_options: Mapping[str, Mapping[str, Any]]
    threshold: int


def load(project: Project) -> Settings:
    """Read the workspace's settings; InputError with the file, the place and what is wrong."""
    path = project.settings
    text = files.decode(files.read_bytes(path, limit=_MOST_SETTINGS, what="settings file"), path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name} is no valid TOML: {error}.") from error
    try:
        file = msgspec.convert(table, _File)
        return _settings(file)
    except (msgspec.ValidationError, InputError) as error:
        raise InputError(f"{path.name}: {plain_words(str(error))}") from error


def plain_words(message: str) -> str:
    """A msgspec message in the words of the file: ``Expected `int`, got `str` - at `$.passes[0].signers```."""
    said, _, place = message.partition(" - at `$")
    where = place.rstrip("`").lstrip(".")
    said = said.replace("Object missing required field", "this key is missing:")
    said = said.replace("Object contains unknown field", "there is no key").replace("`", "'").rstrip(".")
    return f"{where}: {said}." if where else f"{said}."


def _settings(file: _File) -> Settings:
    policy = Policy(_people(file), _passes(file.passes), file.override)
    style = HouseStyle(tuple(file.byline.order), file.byline.labels, file.byline.separators)
    _check_byline(style, policy)
    if not file.target_languages:
        raise InputError("target_languages names no language")
    if file.signing == "required":
        raise InputError(
            'signing: "required" needs SSH keys, which this version cannot check yet; set it to "optional"'
        )
    if "title" not in file.articles.front:
        raise InputError("articles.front must name title: the headline is always translated")
    return Settings(
        name=file.name,
        source=Language.parse(file.source_language),
        targets=_unique((Language.parse(tag) for tag in file.target_languages), "target_languages"),
        signing=file.signing,
        policy=policy,
        style=style,
        by_sentence=file.articles.segments == "sentence",
        front=tuple(file.articles.front),
        engine=file.drafting.engine,
        engines=file.engines,
        checks_off=frozenset(file.checks.off),
        check_options=file.checks.options,
        threshold=file.memory.threshold,
    )


def _unique(languages: Iterable[Language], key: str) -> tuple[Language, ...]:
    found = tuple(languages)
    if len(set(found)) != len(found):
        raise InputError(f"{key} names a language twice")
    return found


def _people(file: _File) -> tuple[Person, ...]:
    known = {one.name for one in file.passes}
    people: list[Person] = []
    for one in file.people:
        if not _PERSON_ID.fullmatch(one.id) or one.id in RESERVED | {DESK}:
            raise InputError(f"people: the id {one.id!r} must be a-z, 0-9, - and _, at most 64, and not '{DESK}'")
        if any(one.id == other.id for other in people):
            raise InputError(f"people: the id {one.id!r} is given twice")
        strange = sorted(set(one.passes or ()) - known)
        if strange:
            raise InputError(f"people: {one.id} has a pass {strange[0]!r} that [[passes]] does not have")
        people.append(_person(one))
    return tuple(people)


def _person(one: _Person) -> Person:
    passes = None if one.passes is None else frozenset(one.passes)
    names = {"": one.name} if isinstance(one.name, str) else one.name
    if not names or not all(_prints_as_one(name) for name in names.values()):
        raise InputError(f"people: {one.id} needs one name, of one line and without , & | or the like")
    if isinstance(one.name, str):
        return Person(one.id, one.name, passes=passes)
    by_tag = {Language.parse(tag).tag: name for tag, name in one.name.items()}
    return Person(one.id, by_tag.get("en", next(iter(by_tag.values()))), by_tag, passes)


def _prints_as_one(name: str) -> bool:
    """Whether a name prints as one name: no line break, control or bidi character, and nothing that parts names."""
    return bool(name.strip()) and name.isprintable() and not _PARTS_NAMES.search(name)


def _passes(tables: tuple[_Pass, ...]) -> tuple[Pass, ...]:
    passes = tuple(_pass(one) for one in tables)
    names = [one.name for one in passes]
    if len(set(names)) != len(names):
        raise InputError("passes: two passes have the same name")
    if not passes or not passes[0].is_translation or any(one.is_translation for one in passes[1:]):
        raise InputError("passes: the first pass, and no other, must have the role translator")
    return passes


def _pass(one: _Pass) -> Pass:
    if not _PASS_NAME.fullmatch(one.name):
        raise InputError(f"passes: the name {one.name!r} must be a-z, 0-9, - and _, at most 32")
    if one.name in CREDITS:
        raise InputError(f"passes: {one.name!r} is the name of a credit; give the pass another")
    if one.kinds is not None and one.role == "translator":
        raise InputError(f"passes: {one.name} translates every kind, so it takes no kinds")
    if one.signers < 1 or (isinstance(one.approvals, int) and one.approvals < 1):
        raise InputError(f"passes: {one.name} needs at least one signer and one approval")
    strange = sorted(set(one.kinds or ()) - {kind.value for kind in Kind})
    if strange:
        raise InputError(f"passes: {one.name} names a kind {strange[0]!r}; the kinds are {', '.join(Kind)}")
    return Pass(
        name=one.name,
        role=Role(one.role),
        signers=one.signers,
        approvals=1 if one.approvals == "changed" else one.approvals,
        only_changed=one.approvals == "changed",
        kinds=None if one.kinds is None else frozenset(Kind(kind) for kind in one.kinds),
    )


def _check_byline(style: HouseStyle, policy: Policy) -> None:
    """No credit may be labelled as a pass: only signatures put names there."""
    lines = {one.name for one in policy.passes} | set(CREDITS)
    strange = sorted(set(style.order) - lines)
    if strange:
        raise InputError(f"byline.order: {strange[0]!r} is neither a pass nor a credit ({', '.join(CREDITS)})")
    printed = [
        text for table in (style.labels, style.separators) for texts in table.values() for text in texts.values()
    ]
    if not all(text.isprintable() for text in printed):
        raise InputError("byline: labels and separators must be of one line, without control characters")
    for tag in {"en", "zh-Hans", "zh-Hant", "ja", "ko", *style.labels}:
        language = Language.parse(tag)
        signed = {style.label(one.name, one.role, language).casefold() for one in policy.passes}
        for credit in CREDITS:
            if style.label(credit, credit, language).casefold() in signed:
                raise InputError(f"byline.labels.{tag}: {credit} has the label of a pass, which only signatures fill")


def pass_labels(settings: Settings, language: Language) -> frozenset[str]:
    """The labels, case-folded, that only signatures may fill in a byline of this language."""
    configured = {settings.style.label(one.name, one.role, language) for one in settings.policy.passes}
    usual = {default_label(one.role, language) for one in settings.policy.passes}
    return frozenset(label.casefold() for label in configured | usual)
