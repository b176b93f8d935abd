"""The program's source as syntax trees, each file parsed once a process however many rules read it."""

from __future__ import annotations

import ast
import gc
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@cache
def tree(file: Path) -> ast.Module:
    """Return the tree of a file; it is not the caller's to change.

    The collector rests meanwhile, and passes over trees afterwards: they are kept, and to go through a million nodes
    again and again takes longer than to make them.
    """
    gc.disable()
    try:
        return ast.parse(file.read_text(encoding="utf-8"))
    finally:
        gc.freeze()
        gc.enable()


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file."""
    return tuple(ast.walk(tree(file)))
