"""The Swedish manual as text: its pages, their parts, tables and examples."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from support.parsed import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

MANUAL = Path(__file__).parents[2] / "docs" / "manual"


@cache
def page(name: str) -> str:
    """Return the text of a page of the manual."""
    return (MANUAL / f"{name}.md").read_text(encoding="utf-8")


def pages() -> dict[str, str]:
    """Return every page by its name."""
    return {path.stem: page(path.stem) for path in sorted(MANUAL.glob("*.md"))}


def section(name: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page(name), re.DOTALL | re.MULTILINE)
    assert found is not None, f"{name} has no part about {heading}"
    return found[1]


def blocks(name: str, language: str) -> list[str]:
    """Return the fenced texts of a page in a language."""
    return re.findall(rf"```{language}\n(.*?)```", page(name), re.DOTALL)


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of every row of the tables in a text, headings and rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rules = {number for number, line in enumerate(lines) if set(line) <= set("|-: ")}
    kept = [line for number, line in enumerate(lines) if number not in rules and number + 1 not in rules]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def coded(text: str) -> set[str]:
    """Return everything that stands as code in a text."""
    return set(re.findall(r"`([^`\n]+)`", text))


def translated(file: Path) -> Iterator[str]:
    """Give every text of a file that people see."""
    for node in nodes(file):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "N_"}:
            yield from (
                each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
