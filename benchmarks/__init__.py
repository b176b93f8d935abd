"""What is timed against what: see README.md in this folder; what it shares with the tests lies in tests/support."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))
