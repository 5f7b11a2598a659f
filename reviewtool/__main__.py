"""``python -m reviewtool``."""

import sys

from reviewtool.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
