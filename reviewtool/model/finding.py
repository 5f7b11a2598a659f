"""Findings: what a quality check has to say about a segment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    Spans are ``start, end`` in characters of the source and target text, None where the whole text is
    meant. ``fix`` is a complete target text that would settle it, where one is certain.
    """

    check: str
    severity: Severity
    message: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    fix: str | None = None
