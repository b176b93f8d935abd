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
    """Return every node of a file, outer ones first, but for those that only say whether a name is read or written."""
    found: list[ast.AST] = [tree(file)]
    for node in found:  # which grows meanwhile; `ast.walk` does the same in three times the time
        for name in node._fields:
            inside = getattr(node, name, None)
            if isinstance(inside, list):
                found += [one for one in inside if isinstance(one, ast.AST)]
            elif isinstance(inside, ast.AST) and not isinstance(inside, ast.expr_context):
                found.append(inside)
    return tuple(found)
