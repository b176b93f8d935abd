"""Small libraries in C that are loaded before a process's own: compiled when a test first needs one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def library(name: str, folder: Path) -> Path:
    """Compile `<name>.c` beside this file into a folder; the test is skipped where that cannot be."""
    if sys.platform != "linux":
        pytest.skip("libraries are loaded before a process's own on Linux only here")
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("there is no C compiler")
    source, made = Path(__file__).with_name(f"{name}.c"), folder / f"{name}.so"
    options = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([compiler, *options, "-o", str(made), str(source), "-ldl", "-lpthread"], check=True)
    return made
