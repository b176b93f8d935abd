"""The pages of a store by their kind, found without reading a byte of what is encrypted.

A table's root is an interior page where the table is large and a leaf where it is small. What a long value takes is
at the end of the file when nothing is free before: pages of overflow, and free ones once it is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import meta
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

    from kvalitetsapp.store.connection import Store

SIZE: Final = 4096
SALT: Final = 16
WAL_HEAD: Final = 32
FRAME_HEAD: Final = 24
_LONG: Final = "x" * 60_000


@dataclass(frozen=True, slots=True)
class Place:
    """A byte of the file of a store, and what kind of thing it is in."""

    kind: str
    at: int


def prepared(path: Path) -> dict[str, range | Sequence[int]]:
    """Give a store pages of every kind, and return the numbers of those of each kind; the first page has number 1."""
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        store = workspace.store
        store.conn.execute("VACUUM")
        overflow = _appended(store, "kept")
        free = _appended(store, "gone")
        with store.transaction():
            store.write("DELETE FROM meta WHERE name = 'gone'")
        assert store.value("PRAGMA freelist_count") >= len(free) - 2
        roots = dict(store.rows("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))
        pages = {"first page": [1], "interior page": [roots["episodes"], roots["findings"]]}
        pages["leaf page"] = [roots[name] for name in ("agreements", "providers", "migrations", "import_batches")]
    return {**pages, "overflow page": overflow[2:-2], "free page": free[2:-2]}


def places(pages: dict[str, range | Sequence[int]], chance: Random, many: int) -> Iterator[Place]:
    """Choose bytes of every kind of page, in their content, and of the salt that the file begins with."""
    for kind, numbers in pages.items():
        for _turn in range(many):
            first = SALT if kind == "first page" else 0
            yield Place(kind, (chance.choice(numbers) - 1) * SIZE + chance.randrange(first, SIZE))
    for _turn in range(many):
        yield Place("salt", chance.randrange(SALT))


def flip(path: Path, at: int, chance: Random) -> None:
    """Change one byte of a file."""
    content = bytearray(path.read_bytes())
    content[at] ^= chance.randrange(1, 256)
    path.write_bytes(content)


def _appended(store: Store, name: str) -> range:
    before = store.value("PRAGMA page_count")
    with store.transaction():
        meta.put(store, name, _LONG)
    return range(before + 1, store.value("PRAGMA page_count") + 1)
