"""The command line's entry: finds the verb, runs it, and turns what goes wrong into one sentence and an exit status.

Nothing heavy is imported here or in what this imports: ``--help`` is what people type first.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import NoReturn

from reviewtool import __version__
from reviewtool.cli import output
from reviewtool.cli.call import PERSON, Call, TerminalUI
from reviewtool.cli.verbs import DESK, GROUPS, UI_LANGUAGE, VERBS, Verb
from reviewtool.errors import InputError, Refused, ReviewtoolError

DEBUG = "REVIEWTOOL_DEBUG"
"""The environment variable that shows where an unexpected fault came from."""
INTERRUPTED = 130
PIPE_CLOSED = 141
_WITH_VALUE = ("-C", "--as", "--ui-language")


def main(arguments: Sequence[str] | None = None, *, terminal_ui: TerminalUI | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 found or refused, 2 wrong use or bad input.

    ``terminal_ui`` opens the UI; without it a command that would is refused, or shows the status.
    """
    output.prepare()
    try:
        status = _attempt(sys.argv[1:] if arguments is None else list(arguments), terminal_ui)
        output.flush()
    except BrokenPipeError:
        output.abandon()
        return PIPE_CLOSED
    except OSError as error:
        output.note(f"reviewtool: the output cannot be written: {_said(error)}.")
        output.abandon()
        return ReviewtoolError.exit_status
    return status


def _attempt(words: list[str], terminal_ui: TerminalUI | None) -> int:
    """Run the verb; what went wrong is said on standard error."""
    call = None
    try:
        verb, rest = _verb(words)
        call = Call(_parser(verb).parse_args(rest), terminal_ui)
        call.choose_language()
        return verb.run(call)
    except SystemExit as done:
        return int(done.code or 0)
    except KeyboardInterrupt:
        output.note("reviewtool: stopped; what was done until now is saved.")
        return INTERRUPTED
    except Refused as refusal:
        _refused(refusal, as_json=call is not None and call.given.json)
        return refusal.exit_status
    except ReviewtoolError as error:
        output.note(f"reviewtool: {error}")
        return error.exit_status
    except OSError as error:
        if error.filename is None:
            raise
        return _failed(error)
    except Exception as error:
        return _fault(error)


_SHOWN = 6
"""How many segments a refusal lists; `reviewtool segments` lists them all."""


def _refused(refusal: Refused, *, as_json: bool) -> None:
    """Say what a rule of the desk refused: each reason, and the segments it is about."""
    output.note(f"reviewtool: {refusal}")
    blockers = getattr(refusal, "blockers", ())
    for one in blockers:
        if one.segments:
            more = f" and {len(one.segments) - _SHOWN} more" if len(one.segments) > _SHOWN else ""
            output.note(f"  {one.sentence}: {', '.join(one.segments[:_SHOWN])}{more}")
    if as_json:
        reasons = [{"reason": one.sentence, "segments": list(one.segments)} for one in blockers]
        output.data({"refused": reasons or [{"reason": str(refusal), "segments": []}]})


def _failed(error: OSError) -> int:
    """A file that the system refuses, in the system's words."""
    _trace(error)
    output.note(f"reviewtool: {error.filename!r}: {_said(error)}.")
    return ReviewtoolError.exit_status


def _fault(error: Exception) -> int:
    """What nobody foresaw."""
    _trace(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300].rstrip(": ")
    output.note(f"reviewtool: this is a fault of reviewtool ({what}); with {DEBUG}=1 it shows where: report it.")
    return ReviewtoolError.exit_status


def _trace(error: Exception) -> None:
    if os.environ.get(DEBUG):
        import traceback

        output.note("".join(traceback.format_exception(error)).rstrip())


def _said(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()


# Finding the verb


def _verb(words: list[str]) -> tuple[Verb, list[str]]:
    """The verb meant and the words without it; options for every verb may stand before it."""
    place = _first_plain(words)
    if place is None:
        return WITHOUT_VERB, words
    name, rest = words[place], words[:place] + words[place + 1 :]
    if name in GROUPS:
        return _verb_of_group(name, words, place)
    if name not in VERBS:
        raise InputError(f"there is no verb {name!r}{_meant(name)}; `reviewtool --help` lists them.")
    return VERBS[name], rest


def _verb_of_group(group: str, words: list[str], place: int) -> tuple[Verb, list[str]]:
    there = [name.partition(" ")[2] for name in VERBS if name.startswith(f"{group} ")]
    rest = words[:place] + words[place + 1 :]
    second = _first_plain(rest)
    name = f"{group} {rest[second]}" if second is not None else ""
    if second is not None and name in VERBS:
        return VERBS[name], rest[:second] + rest[second + 1 :]
    if second is None and {"-h", "--help"} & set(rest):
        output.say(*_listed([name for name in VERBS if name.startswith(f"{group} ")]))
        raise SystemExit(0)
    raise InputError(f"say what to do with {group}: {', '.join(f'`reviewtool {group} {one}`' for one in there)}.")


def _first_plain(words: Sequence[str]) -> int | None:
    """The place of the first word that is neither an option for every verb nor the value of one."""
    place = 0
    while place < len(words):
        word = words[place]
        if word == "-" or not word.startswith("-"):
            return place
        place += 2 if word in _WITH_VALUE else 1
    return None


def _meant(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, VERBS, n=1)
    return f": did you mean {close[0]}?" if close else ""


# Parsing


class _Parser(ArgumentParser):
    """A parser whose errors are one sentence and a hint."""

    def error(self, message: str) -> NoReturn:
        """Wrong use: told like any other error."""
        raise InputError(f"{self.prog.partition(' ')[2] or 'reviewtool'}: {message}; `{self.prog} --help` shows how.")


class _TopParser(_Parser):
    """The parser without a verb, whose help lists the verbs."""

    def format_help(self) -> str:
        """What this is, the verbs by group, and the options that every verb takes."""
        return _overview()


def _parser(verb: Verb) -> ArgumentParser:
    made: ArgumentParser
    if verb is WITHOUT_VERB:
        made = _TopParser(prog="reviewtool", allow_abbrev=False)
    else:
        made = _Parser(
            prog=f"reviewtool {verb.name}",
            description=verb.summary,
            epilog=f"example:\n  {verb.example}\n{verb.more}",
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
    for flags, settings in verb.arguments:
        made.add_argument(*flags, **settings)
    everywhere = made.add_argument_group("options of every verb")
    everywhere.add_argument("-C", dest="folder", metavar="DIR", help="work as if started in DIR")
    everywhere.add_argument("--as", dest="person", metavar="PERSON", help="who acts: an id, or a person's name")
    everywhere.add_argument("--json", action="store_true", help="print data as JSON")
    everywhere.add_argument("--yes", action="store_true", help="agree to what would be asked")
    everywhere.add_argument(
        "--version", action="version", version=f"reviewtool {__version__}", help="print the version"
    )
    return made


WITHOUT_VERB = VERBS["status"]._replace(arguments=(UI_LANGUAGE,), run=DESK)
"""What runs when no verb is given: the UI, or, away from a terminal, the status of every edition."""


def _overview() -> str:
    lines = [
        "usage: reviewtool [-C DIR] [--as PERSON] [--json] [--yes] VERB ...",
        "",
        "A translation desk for newsrooms, in the terminal.",
        "Without a verb it opens the desk; away from a terminal it shows how every edition stands.",
        "",
        *_listed(list(VERBS)),
        "",
        "options of every verb, before it or after:",
        "  -C DIR        work as if started in DIR",
        f"  --as PERSON   who acts; else {PERSON}, else git's user.name",
        "  --json        print data as JSON",
        "  --yes         agree to what would be asked",
        "  --version     print the version",
        "",
        "without a verb, and for review: --ui-language LANG, the language of the desk (en, zh-Hans)",
        "",
        "`reviewtool VERB --help` shows a verb's options and an example.",
        "",
    ]
    return "\n".join(lines)


def _listed(names: Sequence[str]) -> list[str]:
    width = max(len(name) for name in names)
    lines: list[str] = []
    for name in names:
        heading = VERBS[name].group
        if heading not in lines:
            lines += ["", heading]
        lines.append(f"  {name:{width}}  {VERBS[name].summary}")
    return lines[1:]
