"""Diagnoses and procedures delivered one a row: every row kept, and the episode's lists corrected from them."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.imports import Finding
from kvalitetsapp.domain.sources import DiagnosisRole
from kvalitetsapp.services.resolved import Resolved, of_known_episodes
from kvalitetsapp.store import episode_parts, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.resolved import Known
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.episode_parts import CodeRow, Values

_DIAGNOSIS: Final = "diagnosis"


def diagnoses(known: Known, file: ReadFile) -> Resolved:
    """Return diagnoses of episodes that are stored; external causes are counted apart."""
    resolved = Resolved(records.DIAGNOSIS_DETAILS)
    for episode, row in of_known_episodes(known, file, resolved):
        part = row["role"] if row["role"] == DiagnosisRole.EXTERNAL_CAUSE else _DIAGNOSIS
        content = (row["diagnosis"], row["role"], row["diagnosis_delivered"])
        resolved.keep(row["row"], (episode, part, row["position"]), content)
    return resolved


def procedure_list(known: Known, file: ReadFile) -> Resolved:
    """Return procedures, with their place in the list, of episodes that are stored."""
    resolved = Resolved(records.PROCEDURE_LINES)
    for episode, row in of_known_episodes(known, file, resolved):
        content = (row["procedure_code"], row["performed_on"], row["side"], row["procedure_code_delivered"])
        resolved.keep(row["row"], (episode, row["position"]), content)
    return resolved


def correct_procedures(workspace: Workspace, batch: int, episodes: Sequence[int]) -> list[Finding]:
    """Make each list that the file told about the procedures of its episode, in the order of the places (R1)."""
    rows = episode_parts.procedure_rows(workspace.store, episodes)
    lists = {episode: _joined("procedures", list(own)) for episode, own in groupby(rows, attrgetter("episode"))}
    episode_parts.correct(workspace.store, batch, lists)
    return []


def correct_diagnoses(workspace: Workspace, batch: int, episodes: Sequence[int]) -> list[Finding]:
    """Make the diagnoses that the file told about those of their episode: the main one, the others, the causes.

    The main diagnosis is the first that is said to be; where nothing is said of any, the first of all. A second one
    said to be the main is a finding and counts among the others.
    """
    rows = episode_parts.diagnosis_rows(workspace.store, episodes)
    changes: dict[int, Values] = {}
    findings = []
    for episode, group in groupby(rows, attrgetter("episode")):
        own = list(group)
        said = [row for row in own if row.role == DiagnosisRole.MAIN]
        main = said[0] if said else next((row for row in own[:1] if row.role is None), None)
        others = [row for row in own if row is not main]
        changes[episode] = _joined("main_diagnosis", [main] if main else []) | _joined("other_diagnoses", others)
        findings += [Finding(0, "two_main_diagnoses", _DIAGNOSIS, row.code, row.episode_ref) for row in said[1:]]
    episode_parts.correct(workspace.store, batch, changes)
    return findings


def _joined(column: str, rows: Sequence[CodeRow]) -> Values:
    """Return the codes of a column in order, beside them as delivered where that is another text."""
    if not rows:
        return {}
    delivered = [row.delivered or row.code for row in rows]
    codes = [row.code for row in rows]
    return {column: " ".join(codes), f"{column}_delivered": None if delivered == codes else " ".join(delivered)}
