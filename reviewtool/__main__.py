"""The program: the command line, with the terminal UI at hand."""

from __future__ import annotations

import sys

from reviewtool.cli.main import main as command_line


def main() -> int:
    """Run the command that the process was started with; returns the exit status."""
    return command_line(terminal_ui=_terminal_ui)


def _terminal_ui(*given: object, **wanted: object) -> int:
    """The UI, loaded only when it is opened."""
    from reviewtool.tui.app import run

    return run(*given, **wanted)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
