"""What the department's own review says in words, kept from those who need not know it (inner secrecy, PDL chapter 4).

Who prepares a claim needs the coded facts that verify it: what was decided, by whom, when, of which class. What a
reviewer or a provider wrote, and how a case was answered in a round, are for those who review. Most of it stands in
services that take the right to read it; what else has it in it goes through here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import access

if TYPE_CHECKING:
    from kvalitetsapp.domain.imports import ImportDetails
    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.services.workspace import Workspace

NARRATIVE_COLUMNS: Final = frozenset({"comment"})
"""Columns of imported files that hold what somebody wrote of a patient in own words."""


def of_case(workspace: Workspace, found: ReviewCase) -> ReviewCase:
    """Return an event as the user may read it."""
    if access.may(workspace, Right.READ_NARRATIVE):
        return found
    history = tuple(replace(one, comment="") for one in found.history)
    return replace(found, history=history, draft=Answer(), draft_field="", place=None, questions=(), follow_ups=())


def of_import(workspace: Workspace, found: ImportDetails) -> ImportDetails:
    """Return what an import turned away, noted and changed as the user may read it."""
    if access.may(workspace, Right.READ_NARRATIVE):
        return found
    return replace(
        found,
        rejects=tuple(replace(one, value="") if one.column in NARRATIVE_COLUMNS else one for one in found.rejects),
        findings=tuple(replace(one, value="") if one.column in NARRATIVE_COLUMNS else one for one in found.findings),
        changed_cells=tuple(
            replace(one, before="", after="") if one.column in NARRATIVE_COLUMNS else one
            for one in found.changed_cells
        ),
    )
