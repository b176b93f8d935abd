"""Working papers, version by version: added and withdrawn, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.paper import Paper, PaperKind

if TYPE_CHECKING:
    from kvalitetsapp.domain.paper import PaperDraft
    from kvalitetsapp.store.connection import Store

_VERSIONS: Final = """
SELECT p.paper, v.version, p.kind, v.title, v.owner, v.follow_up_on, v.state, v.contents, v.who, v.saved_at
FROM papers p JOIN paper_versions v ON v.paper = p.paper
"""
_LATEST: Final = """
WHERE p.withdrawn_at IS NULL AND v.version = (SELECT max(version) FROM paper_versions WHERE paper = p.paper)
"""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a paper out of use, and when."""

    who: str
    at: str


def add(store: Store, kind: PaperKind, who: str) -> int:
    """Begin a paper, which has no version yet, and return its number."""
    return store.write(
        "INSERT INTO papers (kind, made_at, made_by) VALUES (?, ?, ?)", (kind.value, this_moment(), who)
    )


def add_version(store: Store, paper: int, draft: PaperDraft, who: str) -> int:
    """Keep what was written as the next version of a paper and return which that is."""
    version = 1 + int(store.value("SELECT coalesce(max(version), 0) FROM paper_versions WHERE paper = ?", (paper,)))
    contents = json.dumps(draft.contents, ensure_ascii=False, allow_nan=False)
    store.write(
        "INSERT INTO paper_versions (paper, version, title, owner, follow_up_on, state, contents, who, saved_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(paper, version, draft.title, draft.owner, draft.follow_up_on and draft.follow_up_on.isoformat()),
            *(draft.state, contents, who, this_moment()),
        ),
    )
    return version


def withdraw(store: Store, paper: int, who: str) -> None:
    """Take a paper out of use; its versions stay."""
    store.write("UPDATE papers SET withdrawn_at = ?, withdrawn_by = ? WHERE paper = ?", (this_moment(), who, paper))


def restore(store: Store, paper: int) -> None:
    """Let a paper that was withdrawn be in use again."""
    store.write("UPDATE papers SET withdrawn_at = NULL, withdrawn_by = NULL WHERE paper = ?", (paper,))


def withdrawal(store: Store, paper: int) -> Withdrawal | None:
    """Return who withdrew a paper, None while it is in use."""
    rows = store.rows("SELECT withdrawn_by, withdrawn_at FROM papers WHERE paper = ? AND withdrawn_at > ''", (paper,))
    return Withdrawal(*rows[0]) if rows else None


def versions(store: Store, paper: int) -> tuple[Paper, ...]:
    """Return every version of a paper, the first first, also of one that is withdrawn; none where there is no such."""
    return tuple(_paper(*row) for row in store.rows(f"{_VERSIONS} WHERE p.paper = ? ORDER BY v.version", (paper,)))


def version(store: Store, paper: int, number: int) -> Paper | None:
    """Return a version of a paper, None where there is none."""
    rows = store.rows(f"{_VERSIONS} WHERE p.paper = ? AND v.version = ?", (paper, number))
    return _paper(*rows[0]) if rows else None


def latest(store: Store, paper: int) -> Paper | None:
    """Return the latest version of a paper, None where there is no such paper or it is withdrawn."""
    rows = store.rows(f"{_VERSIONS}{_LATEST} AND p.paper = ?", (paper,))
    return _paper(*rows[0]) if rows else None


def of_kind(store: Store, kind: PaperKind) -> tuple[Paper, ...]:
    """Return the latest version of every paper of a kind that is in use, in the order in which they were begun."""
    rows = store.rows(f"{_VERSIONS}{_LATEST} AND p.kind = ? ORDER BY p.paper", (kind.value,))
    return tuple(_paper(*row) for row in rows)


def due(store: Store, until: date) -> tuple[Paper, ...]:
    """Return every paper in use whose day of follow-up is `until` or before it, the longest overdue first."""
    rows = store.rows(
        f"{_VERSIONS}{_LATEST} AND v.follow_up_on <= ? ORDER BY v.follow_up_on, p.paper", (until.isoformat(),)
    )
    return tuple(_paper(*row) for row in rows)


def _paper(paper: int, number: int, kind: str, *rest: Any) -> Paper:  # noqa: ANN401 - a row's columns
    title, owner, follow_up_on, state, contents, who, saved_at = rest
    day = None if follow_up_on is None else date.fromisoformat(follow_up_on)
    return Paper(*(paper, number, PaperKind(kind), title, owner, day, state, json.loads(contents), who, saved_at))
