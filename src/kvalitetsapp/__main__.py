"""`python -m kvalitetsapp` and the installed command."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window, or with arguments run the command line; return the exit status."""
    from kvalitetsapp import bootstrap

    return bootstrap.command_line(sys.argv[1:]) if len(sys.argv) > 1 else bootstrap.window()


if __name__ == "__main__":
    sys.exit(main())
