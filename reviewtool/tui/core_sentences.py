"""Sentences of the core in the interface's language: refusals, blockers, findings, what is wrong with a file.

The core speaks English, with names and numbers put in already. What it says is recognised here by templates and
said again from the catalogs; a sentence that fits none stays as it is. Tests hold the templates against the core.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from reviewtool.tui.language import ENGLISH, N_, _, chosen

TEMPLATES = (
    # What is counted
    N_("1 segment"),
    N_("{n} segments"),
    N_("1 signature"),
    N_("{n} signatures"),
    N_("1 person"),
    N_("{n} people"),
    # Names of passes, where a desk keeps the usual ones
    N_("translation"),
    N_("revision"),
    N_("proofreading"),
    N_("editing"),
    # Kinds of segment
    N_("headline"),
    N_("front"),
    N_("heading"),
    N_("paragraph"),
    N_("quote"),
    N_("list"),
    N_("table"),
    N_("caption"),
    # Why an act is refused
    N_("it is still a draft"),
    N_("it has no text"),
    N_("{name} does not act in the pass {pass_name} (passes in reviewtool.toml)"),
    N_("{name} has signed the translation and writes only there"),
    N_("{name} has signed the pass {pass_name}: nobody works on both sides (withdraw that signature first)"),
    N_("the pass {pass_name} changes no {kind} (kinds in reviewtool.toml)"),
    N_("{reason}: it is corrected in {pass_name} once a translator has written or confirmed it"),
    N_("it has no text to confirm: write it, or omit it"),
    N_("{people} wrote or confirmed it: approve it instead"),
    N_("{reason}: it is confirmed in {pass_name} once a translator has written or confirmed it"),
    N_("{people} omitted it: approve it instead"),
    N_("the translation pass confirms, it does not approve"),
    N_("{reason}: a translator has to confirm it first"),
    N_("{name} wrote it: nobody approves their own words"),
    N_("nothing follows it in its line: segments are joined within a paragraph, up to a break that shows"),
    N_("a {kind} stays one segment"),
    N_("the translation pass sends nothing back: write it anew"),
    N_("{reason}: there is nothing yet to send back"),
    N_("this workspace does not allow settling (override = true in reviewtool.toml allows it)"),
    N_("{reason}: there is nothing to settle"),
    N_("{name} may not settle it: {reason}"),
    N_("only who acts in {passes} settles"),
    N_("they wrote or sent back the text"),
    N_("{name} has done nothing here that could be taken back"),
    N_("{name} settled it, and a decision is not taken back: another act answers it"),
    N_("joining is undone by splitting, and splitting by joining"),
    N_("the text has changed since {name} last acted here, so there is nothing to take back"),
    N_("the pass {pass_name} is no more: write the text anew"),
    N_("nothing has the text that stood before any more: write it anew"),
    N_("its text has changed meanwhile"),
    N_("no text would be left of it (`reviewtool omit` leaves a segment out)"),
    N_("Segment {segment} of {slug} ({language}): {reason}."),
    N_("Segment {segment}: the text is empty; `reviewtool omit` leaves a segment out."),
    N_("Segment {segment}: the text has an empty line, which would end its paragraph."),
    N_("Segment {segment} is a {kind}, which is one line: write the text as one."),
    N_("Segment {segment}: {reason}."),
    N_("The text holds the control character {character}; give plain UTF-8 text."),
    N_("The text is longer than {n} KB, too long for one segment."),
    N_("Say why: the comment or reason is empty."),
    N_("{name} acts in no pass of this desk (passes in reviewtool.toml)."),
    N_("Nothing is approved or sent back in the pass {pass_name}: that is for the revision passes."),
    N_("This desk has no revision pass, so there is nothing to approve or send back in."),
    N_("There is no pass {pass_name}; the passes are {passes}."),
    # Where a segment cannot be cut
    N_("would leave nothing on one side"),
    N_("would go through a character"),
    N_("would go through markup, a link or an address"),
    N_("The cut after {words} {reason}: choose another place."),
    N_("{words} does not stand there: give the text up to the cut, or so much of its end as stands there once."),
    N_("{words} stands there {n} times: give the text up to the cut, or so much of its end as stands there once."),
    N_("{slug} ({language}): the article cannot be cut here; nothing was done."),
    # What keeps a pass from being complete, and somebody from signing it
    N_("the edition has no segments"),
    N_("{segments} is untranslated"),
    N_("{segments} are untranslated"),
    N_("{segments} is a draft"),
    N_("{segments} are drafts"),
    N_("{segments} is not confirmed by a translator"),
    N_("{segments} are not confirmed by a translator"),
    N_("{segments} is sent back by {people}"),
    N_("{segments} are sent back by {people}"),
    N_("{segments} lacks an approval in {pass_name}"),
    N_("{segments} lack an approval in {pass_name}"),
    N_("{signatures} wanted, none standing"),
    N_("{signatures} wanted, {standing} standing"),
    N_("the pass {pass_name} comes first and is not complete: {reasons}"),
    N_("{name} has signed the pass {pass_name}: nobody signs both sides (withdraw it first)"),
    N_("{name} has signed the translation: nobody signs both sides"),
    N_("{segments} has {name}'s own work in the translation: nobody signs both sides"),
    N_("{segments} have {name}'s own work in the translation: nobody signs both sides"),
    N_("{name} has written or confirmed no segment of this translation that stands"),
    N_("{segments} was not confirmed or read by {name} (sign with --read-all if all of it was read)"),
    N_("{segments} were not confirmed or read by {name} (sign with --read-all if all of it was read)"),
    N_("{segments} was not approved or read by {name} (sign with --read-all if all of it was read)"),
    N_("{segments} were not approved or read by {name} (sign with --read-all if all of it was read)"),
    N_("{name}'s signature is not one of this edition: its digest does not fit"),
    N_("{name}'s signature does not count: {name} has signed the translation"),
    N_("{name}'s signature stands but for {segments}"),
    N_("{name} signed when there was still {segments} more"),
    N_("{name} signed before {segments} came in"),
    N_("{name} signed when the segments stood in another order"),
    N_("the pass {pass_name} wants {counted} to sign, and this desk has nobody"),
    N_("the pass {pass_name} wants {counted} to sign, and this desk has {there}"),
    N_("the pass {pass_name} wants {counted} who did not translate to sign, and this desk has nobody"),
    N_("the pass {pass_name} wants {counted} who did not translate to sign, and this desk has {there}"),
    N_("the pass {pass_name} wants {n} approvals, and this desk has too few people to give them"),
    N_("nobody is at this desk yet: add [[people]] to reviewtool.toml"),
    N_("{name} cannot sign {pass_name} of {slug} ({language}) yet: {reasons}."),
    N_("{slug} ({language}) is not final (--unfinished exports a draft): {reasons}."),
    # What verifying finds
    N_("{name}'s signature on {pass_name} is not one of this edition: its digest does not fit."),
    N_("{name}'s signature on {pass_name} does not count: {name} has signed the translation."),
    N_("{name}'s signature on {pass_name} no longer stands: {reasons}."),
    N_("{people} signed it, and its article is gone: bring articles/{slug}.md back."),
    N_("the order of the segments changed"),
    N_("segment {segment} changed since"),
    N_("segments {ids} changed since"),
    N_("segment {segment} spoken against since"),
    N_("segments {ids} spoken against since"),
    N_("segment {segment} added since"),
    N_("segments {ids} added since"),
    N_("segment {segment} dropped since"),
    N_("segments {ids} dropped since"),
    # What checks find
    N_("There is no translation yet."),
    N_("The translation is the same as the source."),
    N_("{text} is missing in the translation."),
    N_("{text} is in the translation, more often than in the source."),
    N_("{text} is in the translation, but not in the source."),
    N_("A {emphasis} passage of the source is not {emphasis} here."),
    N_(
        "This {text} will be printed as it is, not as {emphasis} text: there must be a pair, "
        "without spaces or punctuation on the inside next to it."
    ),
    N_("bold"),
    N_("struck-out"),
    N_("emphasised"),
    N_("The address {address} is missing in the translation."),
    N_("The address {address} is {other} in the translation."),
    N_("{number} of the source is not in the translation."),
    N_("{number} in the source is {other} in the translation."),
    N_("This bracket {text} is never closed."),
    N_("This bracket {text} was never opened."),
    N_("This quotation mark {text} is never closed."),
    N_("This quotation mark {text} was never opened."),
    N_("The bracket {text} is closed by {other}."),
    N_("a full stop"),
    N_("a question mark"),
    N_("an exclamation mark"),
    N_("a colon"),
    N_("The mark at the end is {text}; in this language it is {other}."),
    N_("The source ends with {mark}, the translation without any mark."),
    N_("The source asks a question, the translation does not end with a question mark."),
    N_("The translation ends with {mark}, the source with {wanted}."),
    N_("There is white space at the edge of the text."),
    N_("There is a space before a full-width punctuation mark."),
    N_("There is more than one space here."),
    N_("This is an ideographic space; this language uses the ordinary one."),
    N_("{term} is {terms} in the glossary; the translation does not say so."),
    N_("{text} is not to be used for {term}."),
    N_("{text} is not to be used for {term}; use {terms}."),
    N_("The front matter claims {key}, a line of the byline that only signatures fill: remove it."),
    N_("The check {check} breaks on this segment, and examined no more after it; tell its publisher."),
    # What is odd about a match or a draft
    N_("The placeables are not those of the match's source: check them."),
    N_("The numbers are not those of the match's source: check them."),
    N_("Placeable repaired: {new} instead of {old}."),
    N_("Number repaired: {new} instead of {old}."),
    N_("Placeable not repaired: the source has {new}, the match's source {old}."),
    N_("Number not repaired: the source has {new}, the match's source {old}."),
    N_("The memory has {n} translations of this text."),
    N_("The draft has lost {text}."),
    N_("The draft has {text} {n} times."),
    N_("The draft held marks that were never sent, left out here: {text}."),
    # Why there is no draft
    N_("the engine {engine} has nothing for it"),
    N_("it is longer than the engine {engine} takes at once"),
    N_("the text for it is empty"),
    N_("the text for it holds the control character {character}"),
    N_("The engine {engine} does not translate {languages}; choose another."),
    N_("The engine {engine} is broken ({text}); tell its makers."),
    N_("There is no text to lay over the segments: the file or paste is empty."),
    # What cannot be added
    N_("There is no text: paste an article, its headline first."),
    N_("The text is longer than the limit of {n} bytes; split it."),
    N_("The text holds half a character ({character}): copy it again."),
    N_("{line} is left out: names on a pass come from signatures alone"),
    N_("{name} holds no text to translate; nothing was brought in."),
    N_("{name} is there already, which some systems take for the same file."),
    N_("{name} is {what}, not UTF-8 text: save it as plain text in UTF-8."),
    N_("a Word or other packed document"),
    N_("an old Word document"),
    N_("{name} cannot name an article: Windows reserves {slug}; give another name with --slug."),
    N_(
        "{name} cannot name an article: use small letters a-z, digits, - and _ (at most 100, a letter or "
        "digit first), and give one with --slug."
    ),
    N_(
        "{name} cannot name an article: use small letters a-z, digits, - and _ (at most 100, a letter or "
        "digit first), for instance --slug {slug}."
    ),
    N_("{name}, line {n}: there is a control character ({character}); it is kept, but not seen."),
    N_("{name}, line {n}: a mark that turns the direction of text is not closed; it may mislead."),
    N_("{name}: the footnote {note} reads as the definition of a link and is not translated."),
    # What cannot be looked for
    N_("There is nothing to look for: the pattern is empty."),
    N_("The pattern is longer than {n} characters."),
    N_("The replacement is longer than {n} characters."),
    N_("The pattern fits these texts in too many ways to try them all: make it simpler."),
    N_("The pattern calls a part of itself, which is not possible here."),
    N_("The pattern repeats repetitions too often: make its numbers in braces smaller."),
    N_("The {what} is no regular expression: {text}."),
    N_("The {what} names a group that the pattern does not have."),
    N_("The {what} has too many brackets in each other."),
    N_("pattern"),
    N_("replacement"),
    # What is not there
    N_("There is no article {slug} here; there are {slugs}."),
    N_("There is no article {slug}: the workspace is empty, `reviewtool add FILE` brings one in."),
    N_(
        "{slug} has no edition in {language}; it has: {tags} "
        "(target_languages in reviewtool.toml, or targets in the article)."
    ),
    N_("No article here has an edition in {language} (target_languages in reviewtool.toml)."),
    # Files and disks
    N_("{what} {path} is not a file; name a file."),
    N_("{what} {path} does not exist; check the name."),
    N_("{what} {path} cannot be read: {reason}."),
    N_("{what} {path} is larger than the limit of {n} bytes; split it."),
    N_("{path} cannot be written: {reason}; nothing was changed."),
    N_("{path} leads out of {root}; it is neither read nor written."),
    N_("{path} was changed by another program meanwhile; nothing was written. Open it again."),
    N_("{path} was made by another program meanwhile; nothing was written. Open it again."),
    N_("{path} was removed by another program meanwhile; nothing was written. Open it again."),
    N_("{path}, line {n}, byte {byte}: {reason}; save the file as UTF-8 text."),
    N_("{path} is no folder: make it first, or choose another place."),
    N_("{path} is one of the workspace's own files: choose another place."),
    N_("Another reviewtool is writing here; try again when it has finished."),
    N_("the article"),
    N_("article"),
    N_("The catalog"),
    N_("the glossary"),
    N_("The memory"),
    N_("ledger"),
    N_("picture"),
    N_("settings file"),
    N_("configuration"),
    N_("earlier export"),
    N_("the disk is full"),
    N_("the disk quota is used up"),
    N_("the file would be larger than this system allows"),
    N_("the disk is read-only"),
    N_("permission is denied"),
    N_("it does not exist"),
    N_("it is a folder"),
    N_("a part of its path is a file"),
    N_("its name is too long"),
    N_("its symbolic links lead in a circle"),
    N_("the disk reports an error"),
    N_("its name is not possible here"),
    N_("there is a NUL character"),
    N_("the byte {byte} is not UTF-8"),
    # Catalogs and records that cannot be read
    N_("{path}, line {n}: {reason}; mend the file in an editor, or take it back from git."),
    N_("{path} holds no entry, it was probably cut off; take it back from git, or delete it."),
    N_("two versions of the file were merged and conflict here"),
    N_("{text} is no escape a catalog may hold"),
    N_("the string is not closed, the file was probably cut off"),
    N_("this is no line of a PO file"),
    N_("the entry here is not complete or not in order"),
    N_("the entry here is obsolete (#~) in some lines only"),
    N_("{path}, line {n}: the id {segment} is already in line {other}; remove one of the two."),
    N_("{path}, line {n}: the entry {text} is already in line {other}; remove one of the two."),
    N_("{place}: {fault} Restore the file from git, or `reviewtool verify` lists all that is broken."),
    N_("{place}: {fault}"),
    N_("a merge conflict stands here; keep the lines of both sides and remove the markers."),
    N_("this line is no event."),
    N_("this line is no JSON object."),
    N_("this event was written by a newer reviewtool; update it to read on."),
    N_("this event was changed after it was written: its hash does not fit."),
    N_("this event is not {person}'s, though it stands in their file."),
    N_("this event holds half a character."),
    N_("the last line breaks off in its middle."),
    N_("an event before {at} is missing."),
    N_("the event of {at} follows somebody else's."),
    N_("it has seen events that are not in the record."),
    N_("the record of {name}"),
    N_("the signature of {name}"),
)
"""What the core says, with names for what it puts in."""

_LONGEST = 1_000
"""Characters of the longest sentence that is looked at: whoever wrote what is in it, that takes no time to speak of."""
_FIELD = re.compile(r"\{(\w+)\}")
_SHAPES = {"n": "[0-9,]+", "standing": "[0-9]+", "there": "[0-9]+", "name": "[^:]+?"}
"""What stands in a field, where that is not just any text."""
_SAID = frozenset({
    "reason", "fault", "pass_name", "what", "kind", "emphasis", "mark", "wanted", "segments", "signatures", "counted",
    "place",
})  # fmt: skip
"""Fields that the core says too; a ``fault`` has to be known for its template to fit."""
_SAID_EACH = frozenset({"reasons", "passes"})
_JOINTS = {
    "reasons": N_("; "),
    "people": N_(", "),
    "ids": N_(", "),
    "slugs": N_(", "),
    "passes": N_(", "),
    "terms": N_(" or "),
}
"""What stands between the parts of a field that is a list."""


class _Template(NamedTuple):
    message: str
    pattern: re.Pattern[str]


def translated(sentence: str) -> str:
    """A sentence of the core's in the interface's language; itself where that is English, or it is not known."""
    if chosen() == ENGLISH:
        return sentence
    return _known(chosen(), sentence) or sentence


@lru_cache(maxsize=4096)
def _known(tag: str, sentence: str, *, fault: bool = False) -> str | None:
    """What a sentence is in the language of ``tag``, the one that is chosen; None where no template fits.

    A ``fault`` is what is said of a place, and has none of its own.
    """
    if len(sentence) > _LONGEST:
        return None
    for template in _templates():
        found = template.pattern.fullmatch(sentence)
        if found is None:
            continue
        fields = found.groupdict()
        if "fault" not in fields or not (fault or _known(tag, fields["fault"], fault=True) is None):
            return _(template.message).format(**{name: _field(name, text) for name, text in fields.items()})
    return None


def _field(name: str, text: str) -> str:
    joint = _JOINTS.get(name)
    if joint is not None:
        parts = text.split(joint)
        return _(joint).join(map(translated, parts) if name in _SAID_EACH else parts)
    return translated(text) if name in _SAID else text


@cache
def _templates() -> tuple[_Template, ...]:
    """The templates, those with the most words of their own first."""
    most_words_first = sorted(TEMPLATES, key=lambda one: len(_FIELD.sub("", one)), reverse=True)
    return tuple(_Template(one, _pattern(one)) for one in most_words_first)


def _pattern(message: str) -> re.Pattern[str]:
    """What a template fits: a field is any text, and the same text wherever it stands again."""
    pattern, known = "", set[str]()
    for place, piece in enumerate(_FIELD.split(message)):
        if place % 2 == 0:
            pattern += re.escape(piece)
            continue
        pattern += f"(?P={piece})" if piece in known else f"(?P<{piece}>{_SHAPES.get(piece, '.+?')})"
        known.add(piece)
    return re.compile(pattern, re.DOTALL)
