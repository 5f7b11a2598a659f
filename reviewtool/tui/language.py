"""The language of the interface: gettext catalogs that lie in the package, chosen by locale or by name."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

from reviewtool.errors import InputError
from reviewtool.model.language import Language

DOMAIN = "reviewtool"
LOCALES = Path(__file__).with_name("locales")
ENGLISH = "en"

_chosen: gettext.NullTranslations = gettext.NullTranslations()
_tag = ENGLISH


def _(message: str) -> str:
    """The sentence in the interface's language."""
    return _chosen.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The same for a sentence with a number in it."""
    return _chosen.ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 - gettext's name for it
    """Mark a sentence for the catalogs that is translated where it is shown."""
    return message


def languages() -> tuple[str, ...]:
    """The tags of the languages that the interface speaks, English first."""
    there = (folder.name.replace("_", "-") for folder in LOCALES.iterdir() if _catalog(folder).is_file())
    return (ENGLISH, *sorted(there))


def choose(tag: str) -> str:
    """Speak this language from now on; InputError when the interface does not know it. Returns its tag."""
    global _chosen, _tag
    wanted = Language.parse(tag)
    known = next((one for one in languages() if Language.parse(one).matches(wanted)), None)
    if known is None:
        raise InputError(f"The interface does not speak {wanted}; it speaks {', '.join(languages())}.")
    _tag = known
    if known == ENGLISH:
        _chosen = gettext.NullTranslations()
    else:
        _chosen = gettext.translation(DOMAIN, str(LOCALES), [known.replace("-", "_")])
    return known


def chosen() -> str:
    """The tag of the language spoken now."""
    return _tag


def by_locale(environment: Mapping[str, str] | None = None) -> str:
    """The language that the locale of the environment asks for, English where it is none of ours."""
    there = os.environ if environment is None else environment
    named = there.get("LC_ALL") or there.get("LC_MESSAGES") or there.get("LANG") or ""
    try:
        wanted = Language.parse(named.partition(".")[0].partition("@")[0])
    except InputError:
        return ENGLISH
    return next((one for one in languages() if Language.parse(one).matches(wanted)), ENGLISH)


def _catalog(folder: Path) -> Path:
    return folder / "LC_MESSAGES" / f"{DOMAIN}.mo"
