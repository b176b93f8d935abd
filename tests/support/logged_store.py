"""A small store whose log has readings, decisions, a list with numbers and a copy, made by three users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.copied import copied_of
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.services import access_log, episodes, listings, reviews
from support import made_stores, reviewing
from support.reviewing import ANNA, BO, CIA

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

PERSON, ANOTHER, EARLIER = "196812099874", "195403159865", "22561202O0A0"


def make(folder: Path) -> Workspace:
    """Return the store open, the controller Cia at work; the caller closes it."""
    return made_stores.opened(folder, _make)


def _make(folder: Path) -> Workspace:
    workspace = reviewing.make(folder)
    reviewing.take(workspace, folder, KindOfFile.ALIASES, f"personal_id;same_as\n{EARLIER};{PERSON}\n")
    link = reviewing.event(workspace)
    with reviewing.at_work(workspace, ANNA):
        reviews.case(workspace, link.key)
        reviewing.decide(workspace, ANNA)
    with reviewing.at_work(workspace, BO):
        for (episode,) in workspace.store.rows("SELECT episode FROM episodes ORDER BY episode"):
            episodes.view(workspace, episode)
        listings.links(workspace, identified=True)
        access_log.copied(workspace, copied_of("links", ["event_ref"], [["bok/6"], ["bok/2"]]))
    workspace.user = CIA
    return workspace
