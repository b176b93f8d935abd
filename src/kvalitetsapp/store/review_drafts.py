"""Answers not finished yet: one for each event, reviewer and round (0: outside rounds), seen by that reviewer alone.

Those carried over from before reviewers had drafts of their own belong to nobody (""): outside rounds everyone without
a draft of their own sees them, and whoever goes on with one takes it over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import answer as answers
from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.dates import this_moment

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.store.connection import Store

OUTSIDE: Final = 0
_EVENT: Final = "episode = ? AND joint = ? AND side = ?"
_SEEN: Final = "round = ? AND (who = ? OR (who = '' AND round = 0))"


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished answer and the question that the reviewer was in; nothing filled in is no draft."""

    answer: Answer = field(default_factory=Answer)
    question: str = ""


def draft(store: Store, key: EventKey, who: str, round_id: int | None) -> Draft:
    """Return what a reviewer has filled in on an event, an empty draft where that is nothing."""
    found = store.rows(
        f"SELECT content, field FROM review_drafts WHERE {_EVENT} AND {_SEEN} ORDER BY who = '' LIMIT 1",
        (key.episode, key.joint, key.side, round_id or OUTSIDE, who),
    )
    return Draft(answers.from_dict(json.loads(found[0][0])), found[0][1]) if found else Draft()


def keep(store: Store, key: EventKey, who: str, round_id: int | None, kept: Draft) -> None:
    """Keep an unfinished answer in the place of the reviewer's earlier one."""
    forget(store, key, who, round_id)
    told = {name: value for name, value in kept.answer.as_dict().items() if value not in ("", None, [])}
    store.write(
        "INSERT INTO review_drafts (episode, joint, side, who, round, content, field, kept_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(key.episode, key.joint, key.side, who, round_id or OUTSIDE),
            *(json.dumps(told, ensure_ascii=False), kept.question, this_moment()),
        ),
    )


def forget(store: Store, key: EventKey, who: str, round_id: int | None) -> None:
    """Take away a reviewer's unfinished answer, with the one of nobody that the reviewer went on with."""
    store.write(
        f"DELETE FROM review_drafts WHERE {_EVENT} AND {_SEEN}",
        (key.episode, key.joint, key.side, round_id or OUTSIDE, who),
    )
