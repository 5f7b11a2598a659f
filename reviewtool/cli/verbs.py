"""Every verb of the command line, declared once: its help, an example, its arguments, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from reviewtool.cli import articles, desk, findings, memory, replacing, segments, signing, workspaces
from reviewtool.cli.call import Call

Argument = tuple[tuple[str, ...], dict[str, Any]]
"""What ``ArgumentParser.add_argument`` takes."""


class Verb(NamedTuple):
    """One verb; ``run`` returns the exit status, ``more`` goes below the example in its help."""

    name: str
    group: str
    summary: str
    example: str
    run: Callable[[Call], int]
    arguments: tuple[Argument, ...] = ()
    more: str = ""


def _option(*flags: str, **settings: Any) -> Argument:
    return flags, settings


_SLUG = _option("slug", metavar="SLUG", help="the article")
_SLUGS = _option("slugs", metavar="SLUG", nargs="*", help="the articles; all of them when none is named")
_TO = _option("--to", metavar="LANG", help="the edition's language; needed where the article has several")
_TO_MAYBE = _option("--to", metavar="LANG", help="only editions in this language")
_SEGMENT = _option(
    "--segment",
    metavar="ID",
    required=True,
    help="the segment: its id, the first 4 digits of it, or its number in `reviewtool segments`",
)
_SEGMENTS = _option("--segment", metavar="ID", dest="segments", action="append", help="a segment; may be repeated")
_ALL = _option("--all", action="store_true", help="all that need it")
_PASS_MAYBE = _option("--pass", metavar="NAME", dest="pass_name", help="the pass to act in; usually known")
_PASS = _option("--pass", metavar="NAME", dest="pass_name", required=True, help="the pass")
_REASON = _option("--reason", metavar="TEXT", required=True, help="why")
_COMMENT = _option("--comment", metavar="TEXT", required=True, help="what to say")

UI_LANGUAGE = _option(
    "--ui-language", metavar="LANG", help="the language of the desk: en or zh-Hans; by default the locale's"
)
"""The option of what opens the UI."""

_STATES = ("untranslated", "draft", "translated", "sent-back", "reviewed", "final")
_FRONT_MATTER = """
front matter (all of it may be left out; a first heading is a headline too):
  ---
  title: Foshan trade delegation returns
  language: en
  targets: [zh-CN]
  date: 2023-03-07
  dateline: Foshan China 2023-03-07 18:45
  photo: Foshan Commerce
  ---

standard input without --slug may be a story as it stands on a news page: a headline, perhaps a dateline and
credits, and paragraphs a line each; it is made Markdown, and its language is told from its script"""
_ARTICLES = "articles"
_SEGMENT_WORK = "segments of an edition"
_EDITIONS = "editions"
_DESK = "the desk"

_ALL_VERBS = (
    Verb(
        "init",
        _ARTICLES,
        "Make a folder a workspace.",
        "reviewtool init newsroom",
        workspaces.init,
        (_option("folder_to_found", metavar="DIR", nargs="?", default=".", help="the folder; this one by default"),),
    ),
    Verb(
        "add",
        _ARTICLES,
        "Bring articles in, with the catalogs of their editions.",
        "reviewtool add trade-delegation.md",
        articles.add,
        (
            _option("files", metavar="FILE", nargs="+", help="Markdown; - reads standard input"),
            _option("--slug", help="the article's short name; by default the file's, or made of the headline"),
        ),
        _FRONT_MATTER,
    ),
    Verb(
        "sync",
        _ARTICLES,
        "Bring catalogs in line with articles that were changed; finished work is kept.",
        "reviewtool sync trade-delegation",
        articles.sync,
        (_SLUGS,),
    ),
    Verb(
        "draft",
        _ARTICLES,
        "Fill untranslated segments by an engine, or with a translation that is there.",
        "reviewtool draft trade-delegation --to en",
        articles.draft,
        (
            _SLUGS,
            _TO,
            _option("--engine", metavar="NAME", help="by default the one of reviewtool.toml"),
            _option("--from", metavar="FILE", dest="pasted", help="lay this translation over them; - reads it"),
        ),
    ),
    Verb(
        "segments",
        _SEGMENT_WORK,
        "Show the segments with their texts, states and people.",
        "reviewtool segments trade-delegation --to en",
        segments.segments,
        (
            _SLUG,
            _TO,
            _option(
                "--state",
                dest="states",
                action="append",
                choices=_STATES,
                help="only those in a state; may be repeated",
            ),
        ),
    ),
    Verb(
        "history",
        _SEGMENT_WORK,
        "Show everything that was done to a segment.",
        "reviewtool history trade-delegation --to en --segment 0f3c9a1b2d4e",
        segments.history,
        (_SLUG, _TO, _SEGMENT),
    ),
    Verb(
        "edit",
        _SEGMENT_WORK,
        "Write the target text of a segment.",
        'reviewtool edit trade-delegation --to en --segment 0f3c9a1b2d4e --text "Eight days in Japan and Korea"',
        segments.edit,
        (_SLUG, _TO, _SEGMENT, _option("--text", required=True, help="the text; - reads it"), _PASS_MAYBE),
    ),
    Verb(
        "replace",
        _SEGMENT_WORK,
        "Replace a text wherever it stands in the target texts.",
        'reviewtool replace trade-delegation --to en "trade mission" "trade delegation" --dry-run',
        replacing.replace,
        (
            _SLUG,
            _TO,
            _option("pattern", metavar="PATTERN", help="what to look for"),
            _option("replacement", metavar="REPLACEMENT", help="what to put in its place; may be empty"),
            _option("--regex", action="store_true", help=r"PATTERN is a regular expression, \1 in REPLACEMENT a group"),
            _option("--ignore-case", action="store_true", help="do not tell capitals from small letters"),
            _option("--dry-run", action="store_true", help="show what would be changed, and change nothing"),
            _PASS_MAYBE,
        ),
    ),
    Verb(
        "confirm",
        _SEGMENT_WORK,
        "Take drafts as one's own translation.",
        "reviewtool confirm trade-delegation --to en --segment 0f3c9a1b2d4e",
        segments.confirm,
        (_SLUG, _TO, _SEGMENTS, _ALL, _PASS_MAYBE),
    ),
    Verb(
        "approve",
        _SEGMENT_WORK,
        "Say that segments are right.",
        "reviewtool approve trade-delegation --to en --all --as eleanor",
        segments.approve,
        (_SLUG, _TO, _SEGMENTS, _ALL, _PASS_MAYBE),
    ),
    Verb(
        "send-back",
        _SEGMENT_WORK,
        "Say that a segment is not right, and why.",
        'reviewtool send-back trade-delegation --to en --segment 0f3c9a1b2d4e --comment "12亿 is 1.2 billion"',
        segments.send_back,
        (
            _SLUG,
            _TO,
            _SEGMENT,
            _COMMENT,
            _PASS_MAYBE,
            _option("--category", help="of MQM: terminology, accuracy, linguistic, style, locale, audience, design"),
            _option("--severity", help="of MQM: neutral, minor, major, critical"),
        ),
    ),
    Verb(
        "omit",
        _SEGMENT_WORK,
        "Leave segments out of the edition on purpose.",
        "reviewtool omit trade-delegation --to en --segment 0f3c9a1b2d4e",
        segments.omit,
        (_SLUG, _TO, _SEGMENTS, _PASS_MAYBE),
    ),
    Verb(
        "join",
        _SEGMENT_WORK,
        "Make one segment of this one and the next of its paragraph.",
        "reviewtool join trade-delegation --to en --segment 0f3c9a1b2d4e",
        segments.join,
        (_SLUG, _TO, _SEGMENT, _PASS_MAYBE),
    ),
    Verb(
        "split",
        _SEGMENT_WORK,
        "Make two segments of one.",
        "reviewtool split trade-delegation --to en --segment 0f3c9a1b2d4e --after 八天， --target-after 'eight days,'",
        segments.split,
        (
            _SLUG,
            _TO,
            _SEGMENT,
            _option(
                "--after",
                metavar="TEXT",
                required=True,
                help="where its source is cut: the text up to there, or so much of the end of it as stands there once",
            ),
            _option(
                "--target-after",
                metavar="TEXT",
                help="where its target is cut, in the same way; else the first part keeps all of it as a draft",
            ),
            _PASS_MAYBE,
        ),
    ),
    Verb(
        "undo",
        _SEGMENT_WORK,
        "Take back what you did last about a segment's text; remarks stay.",
        "reviewtool undo trade-delegation --to en --segment 0f3c9a1b2d4e",
        segments.undo,
        (_SLUG, _TO, _SEGMENT),
    ),
    Verb(
        "comment",
        _SEGMENT_WORK,
        "Remark on a segment, or reply to a remark.",
        'reviewtool comment trade-delegation --to en --segment 0f3c9a1b2d4e --comment "Which fair is meant?"',
        segments.comment,
        (_SLUG, _TO, _SEGMENT, _COMMENT, _option("--answers", metavar="ID", help="the remark it replies to")),
    ),
    Verb(
        "resolve",
        _SEGMENT_WORK,
        "Close the remarks on a segment, or one of them.",
        "reviewtool resolve trade-delegation --to en --segment 0f3c9a1b2d4e",
        segments.resolve,
        (_SLUG, _TO, _SEGMENT, _option("--thread", metavar="ID", help="only this remark")),
    ),
    Verb(
        "settle",
        _SEGMENT_WORK,
        "Decide a dispute as an editor, where the workspace allows it.",
        'reviewtool settle trade-delegation --to en --segment 0f3c9a1b2d4e --reason "The house writes it so"',
        segments.settle,
        (
            _SLUG,
            _TO,
            _SEGMENT,
            _REASON,
            _option(
                "--answers", metavar="ID", action="append", help="the act it decides; by default what is in the way"
            ),
        ),
    ),
    Verb(
        "status",
        _EDITIONS,
        "Show how editions stand: progress, who signed, what blocks, what waits for whom.",
        "reviewtool status",
        workspaces.status,
        (_SLUGS, _TO_MAYBE),
    ),
    Verb(
        "check",
        _EDITIONS,
        "Run the quality checks.",
        "reviewtool check trade-delegation --to en",
        findings.check,
        (_SLUGS, _TO_MAYBE, _option("--strict", action="store_true", help="warnings too make the exit status 1")),
    ),
    Verb(
        "dismiss",
        _EDITIONS,
        "Set a finding of the checks aside.",
        'reviewtool dismiss 5d41402abc4b --reason "A name that is written so"',
        findings.dismiss,
        (_option("finding", metavar="FINDING", help="its id; `reviewtool check` shows it"), _REASON),
    ),
    Verb(
        "review",
        _EDITIONS,
        "Open an edition in the terminal UI.",
        "reviewtool review trade-delegation --to en",
        desk.review,
        (_SLUG, _TO, UI_LANGUAGE),
    ),
    Verb(
        "sign",
        _EDITIONS,
        "Sign a pass of an edition: your name on exactly this text.",
        "reviewtool sign trade-delegation --to en --pass revision --as eleanor",
        signing.sign,
        (
            _SLUG,
            _TO,
            _PASS,
            _option("--read-all", action="store_true", help="say that you have read all of it"),
        ),
    ),
    Verb(
        "withdraw",
        _EDITIONS,
        "Take your signature on a pass back.",
        "reviewtool withdraw trade-delegation --to en --pass revision --as eleanor",
        signing.withdraw,
        (_SLUG, _TO, _PASS),
    ),
    Verb(
        "byline",
        _EDITIONS,
        "Print the byline as it stands.",
        "reviewtool byline trade-delegation --to en",
        signing.byline,
        (_SLUG, _TO),
    ),
    Verb(
        "verify",
        _EDITIONS,
        "Prove records, signatures and bylines, or say what is wrong with them.",
        "reviewtool verify",
        signing.verify,
        (_SLUGS, _TO_MAYBE),
    ),
    Verb(
        "export",
        _EDITIONS,
        "Write a finished edition as a file.",
        "reviewtool export trade-delegation --to en --format html --layout side",
        signing.export,
        (
            _SLUG,
            _TO,
            _option("--format", dest="form", metavar="NAME", default="html", help="html (the default) or md"),
            _option("--layout", metavar="NAME", help="side, alternate, sequence or target; by default the format's"),
            _option("-o", dest="output", metavar="FILE", help="where to; - writes to standard output"),
            _option("--unfinished", action="store_true", help="export an edition that is not final, as a draft"),
        ),
    ),
    Verb(
        "memory search",
        _DESK,
        "Look a text up in what the desk has translated.",
        "reviewtool memory search 意向订单金额 --from zh-CN --to en",
        memory.search,
        (
            _option("text", metavar="TEXT", help="the text; - reads it"),
            _option("--from", dest="source", metavar="LANG", required=True, help="its language"),
            _option("--to", metavar="LANG", required=True, help="the language of the translations"),
        ),
    ),
    Verb(
        "memory import",
        _DESK,
        "Bring translation memories in (TMX).",
        "reviewtool memory import agency.tmx",
        memory.bring_in,
        (_option("files", metavar="FILE", nargs="+", help="a TMX file"),),
    ),
    Verb(
        "memory stats",
        _DESK,
        "Count what the desk remembers, by origin and languages.",
        "reviewtool memory stats",
        memory.stats,
    ),
    Verb(
        "doctor",
        _DESK,
        "Look whether the workspace is in order.",
        "reviewtool doctor",
        workspaces.doctor,
    ),
)

VERBS = {verb.name: verb for verb in _ALL_VERBS}
"""The verbs by name, in the order in which help lists them."""
GROUPS = frozenset(name.partition(" ")[0] for name in VERBS if " " in name)
"""First words of verbs of two words."""
DESK = desk.desk
"""What is done when no verb is given."""
