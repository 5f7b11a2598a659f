"""Whether the numbers written in digits are in the translation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reviewtool.checks.comparison import is_translated, weight
from reviewtool.checks.options import refuse
from reviewtool.checks.spelled import is_spelled
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.language import Language
from reviewtool.model.markup import masked
from reviewtool.plugins.protocols import CheckContext, CheckedSegment

_NUMBER = r"\d+(?:[.,]\d+)*"
_RANGE = rf"(?:\s*(?:[-–—~～〜至到、和与與及と/]|to|and|or)\s*{_NUMBER}){{0,3}}+"
_UNITS = (
    r"[多余餘几]?\s*[十百千万萬亿億兆십백천만억조]",
    r"\s*-?(?:hundred|thousand|million|billion|trillion|dozen|k|m|mn|bn|tn)\b",
    r"[多余餘几]?\s*(?:[年月日号號时時点點分秒]|世纪|世紀|년|월|일|시|분|초|세기)",
    r"'?s\b|(?:st|nd|rd|th)\s+centur|\s*[ap]\.?m\b|\s*o['’]clock|\s*noon|[:：]\d\d",
    r"\s*(?:[成折倍番割]|배|할)",
    r"\s*[亩畝斤里尺寸丈坪평両]",
    r"\s*-?(?:miles?|feet|foot|ft|inch(?:es)?|yards?|acres?|pounds?|lbs?|ounces?|oz|gallons?|mph|°\s*F|degrees)\b",
)
"""What follows numbers that translation writes otherwise: scales, dates, times, shares, one country's measures."""
_RUN = re.compile(_NUMBER)
_CONVERTED = re.compile(rf"{_RANGE}(?:{'|'.join(_UNITS)})", re.IGNORECASE)
_IN_NAME_OR_TIME = re.compile(r"(?:[A-Za-z][-‑]?|\d[:：])$")
_PERCENT = re.compile(r"\s*(?:%|per\s?cent)", re.IGNORECASE)
_SHARE = re.compile(r"[成割할半]|分之|분의|\b(?:half|halv|third|quarter|fifth|tenth|doubl|tripl|trebl)", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DIGITS = re.compile(r"\d+")
_GAPS = re.compile(r"(?<=\d)[.,\s’'](?=\d)")
_LONG = 4
"""From how many digits on a number may be written with gaps of any kind."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits at ``start:end`` and the values they may mean.

    ``is_free``: translation may write them otherwise; ``is_share``: a percentage.
    """

    text: str
    start: int
    end: int
    values: frozenset[Decimal]
    is_free: bool
    is_share: bool


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A text and the numbers in it; ``joined`` are its runs of digits once all gaps within them are closed."""

    text: str
    joined: frozenset[str]
    runs: tuple[_Run, ...]
    values: frozenset[Decimal]
    language: Language

    def may_hold(self, value: Decimal) -> bool:
        """Whether the value is there in digits or in words."""
        return value in self.values or is_spelled(value, self.text, self.language)


class Digits:
    """Numbers in digits that the translation has lost or changed.

    It compares what is written, not what it is worth: numbers that translation converts (万 and million,
    dates, times, percentages, measures) and numbers it may spell out are passed over.
    """

    name = "digits"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """An error for a number that has another in its place, a warning for one that is nowhere."""
        if not is_translated(segment):
            return
        source = _read(segment.source, context.languages.source)
        target = _read(segment.target, context.languages.target)
        missing, others = _absent(source, target), _absent(target, source)
        if len(missing) == len(others) == 1 and _is_alike(missing[0].text, others[0].text):
            yield self._changed(missing[0], others[0], segment.target, context)
            return
        for run in missing:
            message = f"{run.text} of the source is not in the translation."
            severity = weight(Severity.WARNING, context.languages)
            yield Finding(self.name, severity, message, (run.start, run.end))

    def _changed(self, old: _Run, new: _Run, target: str, context: CheckContext) -> Finding:
        message = f"{old.text} in the source is {new.text} in the translation."
        severity = weight(Severity.ERROR, context.languages)
        fix = f"{target[: new.start]}{old.text}{target[new.end :]}"
        return Finding(self.name, severity, message, (old.start, old.end), (new.start, new.end), fix)


def _read(text: str, language: Language) -> _Numbers:
    plain = "".join(_ascii(one) for one in masked(text))
    runs = tuple(_runs(plain))
    values = frozenset(value for run in runs for value in run.values)
    return _Numbers(plain, frozenset(_DIGITS.findall(_GAPS.sub("", plain))), runs, values, language)


def _ascii(character: str) -> str:
    if character.isascii():
        return character
    value = unicodedata.decimal(character, None)
    return str(value) if value is not None else {"．": ".", "％": "%"}.get(character, character)


def _runs(text: str) -> Iterator[_Run]:
    for match in _RUN.finditer(text):
        values = _values(match[0])
        # 2023.3.7 is no number but three.
        pieces = [match] if values else _DIGITS.finditer(text, match.start(), match.end())
        for piece in pieces:
            yield _run(piece, text, values or frozenset({Decimal(piece[0])}))


def _run(match: re.Match[str], text: str, values: frozenset[Decimal]) -> _Run:
    before = text[max(0, match.start() - 2) : match.start()]
    is_free = bool(_CONVERTED.match(text, match.end()) or _IN_NAME_OR_TIME.search(before))
    is_share = bool(_PERCENT.match(text, match.end()))
    return _Run(match[0], match.start(), match.end(), values, is_free, is_share)


def _values(text: str) -> frozenset[Decimal]:
    """What a run of digits may mean as one number: 1.234 is a decimal or a thousand; nothing when it is several."""
    readings = set()
    if _GROUPED.fullmatch(text):
        mark = "," if text.replace(".", ",").find(",") == text.find(",") else "."
        readings.add(Decimal(text.replace(mark, "").replace(",", ".")))
    if len(_DIGITS.findall(text)) <= 2:
        readings.add(Decimal(text.replace(",", ".")))
    return frozenset(readings)


def _absent(here: _Numbers, there: _Numbers) -> list[_Run]:
    """The numbers of a text that the other has in no form, each once."""
    distinct = {run.values: run for run in reversed(here.runs)}
    return [run for run in reversed(distinct.values()) if not _is_in(run, there)]


def _is_in(run: _Run, there: _Numbers) -> bool:
    if run.is_free or any(there.may_hold(value) for value in run.values):
        return True
    if run.is_share and _SHARE.search(there.text):
        return True
    digits = _DIGITS.findall(run.text)
    joined = "".join(digits)
    if len(joined) >= _LONG and joined in there.joined:
        return True
    return len(digits) > 1 and all(there.may_hold(Decimal(one)) for one in digits)


def _is_alike(old: str, new: str) -> bool:
    """Whether one number may be a slip for the other: they have about as many digits."""
    return abs(len(old) - len(new)) <= 1
