"""A small store to review in: one person with two events at home, and the names of those who review."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.review_round import RoundDefinition
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.services import imports, reviews
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from support import made_stores, queues
from support.counties import PASSPHRASE
from support.undo_stores import PROVIDERS, episodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.services.workspace import Workspace

ANNA, BO, CIA = "Anna", "Bo", "Cia"
PERSON = "bok;{};196812099874;"
OPERATION = PERSON.format(1) + "P01;contract;inpatient;2020-01-01;2020-01-03;M16.1;NFB49 ZXA00;60000"
OTHER_OPERATION = PERSON.format(5) + "P01;contract;inpatient;2019-01-01;2019-01-03;M16.1;NFB49 ZXA05;60000"
EVENT = PERSON.format(2) + "OWN;own;inpatient;2020-03-01;2020-03-05;T84.5;NFC49 ZXA00;90000"
LATER_EVENT = PERSON.format(3) + "OWN;own;inpatient;2020-06-01;2020-06-05;T84.0;NFC49 ZXA00;90000"
VISIT = PERSON.format(4) + "OWN;own;outpatient;2020-04-01;2020-04-01;Z09.0;;900"
SOMEONE_ELSES = "bok;6;195403159865;OWN;own;outpatient;2020-04-01;2020-04-01;Z09.0;;900"


def take(workspace: Workspace, folder: Path, kind: str, text: str) -> int:
    """Take in a file and return its number."""
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    outcome = imports.import_file(workspace, KindOfFile(kind), path)
    assert outcome.rejected == 0, outcome.rejects
    assert outcome.batch is not None
    return outcome.batch


def make(folder: Path) -> Workspace:
    """Make the store and return it open, Anna at work; the caller closes it."""
    rows = (OPERATION, OTHER_OPERATION, EVENT, LATER_EVENT, VISIT, SOMEONE_ELSES)
    return create(folder, PROVIDERS, episodes(*rows))


def create(folder: Path, providers: str, episodes_: str) -> Workspace:
    """Make a store of other rows."""
    return made_stores.opened(folder, _create, providers, episodes_)


def _create(folder: Path, providers: str, episodes_: str) -> Workspace:
    workspace = create_workspace(folder / "granskning.kvdb", PASSPHRASE)
    workspace.user = ANNA
    take(workspace, folder, "providers", providers)
    take(workspace, folder, "episodes", episodes_)
    return workspace


def reopened(workspace: Workspace, user: str) -> Workspace:
    """Return a closed store open again, somebody at work."""
    again = open_workspace(workspace.path, PASSPHRASE, write=True)
    again.user = user
    return again


@contextlib.contextmanager
def at_work(workspace: Workspace, user: str) -> Iterator[None]:
    """Let another sit at the computer for a while."""
    before, workspace.user = workspace.user, user
    try:
        yield
    finally:
        workspace.user = before


def event(workspace: Workspace, ref: str = "bok/2") -> Link:
    """Return an event as it is now."""
    return next(link for link in queues.all_links(workspace) if link.event_ref == ref)


def confirmed(link: Link, **more: object) -> Answer:
    """Return an answer that confirms a link."""
    told = {"relation": "certain", "harm_severity": "F", "avoidability": "2", **more}
    return Answer(Verdict.CONFIRMED, link.index_ref, **told)  # type: ignore[arg-type]


def rejected(comment: str = "annan orsak") -> Answer:
    """Return an answer that rejects a link."""
    return Answer(Verdict.REJECTED, comment=comment, relation="none")


def decide(workspace: Workspace, user: str, ref: str = "bok/2", *, reject: bool = False, **more: object) -> None:
    """Let someone decide on an event as it is now."""
    with at_work(workspace, user):
        link = event(workspace, ref)
        reviews.decide(workspace, link, rejected() if reject else confirmed(link, **more))


def make_round(
    workspace: Workspace, *keys: EventKey, name: str = "Våren", reviewers: int = 2, required: tuple[str, ...] = ()
) -> int:
    """Write down a round of some events and return its number."""
    definition = RoundDefinition(
        date(2020, 1, 1), date(2020, 12, 31), reviewers_per_case=reviewers, required=required
    ).as_dict()
    with workspace.store.transaction():
        round_id = workspace.store.write(
            "INSERT INTO review_rounds (name, definition, created_by, created_at) VALUES (?, ?, ?, ?)",
            (name, json.dumps(definition), CIA, "2021-01-01T12:00:00+01:00"),
        )
        workspace.store.write_many(
            "INSERT INTO round_cases (round, episode, joint, side, position, event_ref, frozen, novelty) "
            "VALUES (?, ?, ?, ?, ?, '', '{}', 'new')",
            [(round_id, key.episode, key.joint, key.side, place) for place, key in enumerate(keys, start=1)],
        )
    return round_id


def close_round(workspace: Workspace, round_id: int) -> None:
    """Write down that a round is finished."""
    with workspace.store.transaction():
        workspace.store.write(
            "UPDATE review_rounds SET closed_by = ?, closed_at = ? WHERE round = ?",
            (CIA, "2021-06-01T12:00:00+02:00", round_id),
        )
