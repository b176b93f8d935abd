"""What every target leans on: a file to be read, and the two ways in which reading it may end."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENED: Final = ExitStack()
"""What targets keep open from one input to the next."""
SEPARATOR: Final = b"\n=====\n"
"""Stands between the parts of an input that becomes several files."""


class BrokenPromiseError(Exception):
    """A reader gave a result, but not the one that it promises."""


@contextmanager
def refusals() -> Iterator[None]:
    """Let reading end with a sentence for the user that gives no personal number away; anything else is a find."""
    try:
        yield
    except UserError as refusal:
        demand_no_number(refusal.message)


def demand(*, kept: bool, promise: str) -> None:
    """Demand that a promise was kept."""
    if not kept:
        raise BrokenPromiseError(promise)


def demand_no_number(*texts: str) -> None:
    """Demand that texts for people hold no personal number in clear."""
    demand(kept=all(identity.hidden(text) == text for text in texts), promise="no personal number in a message")


def file_of(content: bytes, name: str) -> Path:
    """Return a file of a name with a content; another of that name is written over."""
    path = folder() / name
    path.write_bytes(content)
    return path


@cache
def folder() -> Path:
    """Return the folder of everything that targets write."""
    return Path(OPENED.enter_context(TemporaryDirectory(prefix="kvalitetsapp-fuzz-")))


def close() -> None:
    """Close what targets kept open and take away what they wrote."""
    OPENED.close()
    folder.cache_clear()
