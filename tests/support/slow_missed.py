"""The search for missed events once more, slow and plain: pair by pair, from the text of the instrument."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.codes import ProcedureRole
from kvalitetsapp.domain.words import Role
from support.slow_linking import Slow, compatible, each_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.analysis.missed_events import Sources
    from kvalitetsapp.domain.adverse_event import AdverseEvent
    from kvalitetsapp.domain.codes import CodeTables

Row = Any
OPEN = ("revision", "addition", "extraction", "reoperation")


class SlowSearch:
    """What points to harm, for one set of frames."""

    def __init__(self, sources: Sources, tables: CodeTables, instrument: Sequence[AdverseEvent]) -> None:
        self.instrument = instrument
        self.kinds: dict[str, str] = {str(row.provider_id): str(row.kind) for row in sources.providers.itertuples()}
        self.episodes: dict[Row, Row] = {row.episode: row for row in sources.episodes.itertuples()}
        self.operations: list[Row] = [
            row for row in sources.index_operations.itertuples() if self.kinds[str(row.provider_id)] != "own"
        ]
        self.links: list[Row] = list(sources.links.itertuples())
        self.decisions: list[Row] = list(sources.decisions.itertuples())
        named = {
            one.code: ProcedureRole(one.joint, Role.OTHER) for one in instrument if one.condition == "later_procedure"
        }
        wider = replace(tables, procedure_roles=named | dict(tables.procedure_roles))
        self.procedures = Slow(sources.episodes, sources.details, wider).procedures

    def found(self, window_days: int, surgery_days: int) -> dict[tuple[str, str], set[tuple[str, str]]]:
        """Return code and condition of everything that points, by operation and episode."""
        found = {}
        for operation in self.operations:
            for episode in self.episodes.values():
                if episode.person == operation.person and not self.judged(operation, episode):
                    points = set(self.points(operation, episode, window_days, surgery_days))
                    if points:
                        found[operation.index_ref, episode.episode_ref] = points
        return found

    def points(self, operation: Row, episode: Row, window_days: int, surgery_days: int) -> Iterator[tuple[str, str]]:
        stay = episode.episode == operation.episode
        others = episode.other_diagnoses.split()
        fracture = self.episodes[operation.episode].main_diagnosis.startswith("S72")
        days = (episode.admitted - operation.operated_on).days
        for one in self.instrument:
            if one.joint != operation.joint or (one.population == "fracture" and not fracture):
                continue
            if stay and one.condition == "index_any_or_later_main":
                codes = [episode.main_diagnosis, *others]
            elif not stay and one.condition != "later_procedure" and 0 <= days <= window_days:
                codes = [episode.main_diagnosis]
            elif not stay and one.condition == "later_procedure":
                codes = [each.code for each in self.after(operation, episode, window_days)]
            else:
                codes = []
            yield from ((code, str(one.condition)) for code in codes if self.under(code, one))
        if not stay and self.kinds[episode.provider_id] == "own" and not self.is_event_of(operation, episode):
            for each in self.after(operation, episode, surgery_days):
                if each.joint == operation.joint and each.role in OPEN:
                    yield each.code, "home_surgery"

    def after(self, operation: Row, episode: Row, most: int) -> Iterator[Row]:
        for each in self.procedures[episode.episode]:
            if 1 <= (each.day - operation.operated_on).days <= most and any(
                compatible(operation.side, side) for side in each_side(each.side)
            ):
                yield each

    def under(self, code: str, one: AdverseEvent) -> bool:
        return code.startswith(one.code) if one.prefix else code == one.code

    def is_event_of(self, operation: Row, episode: Row) -> bool:
        return any(link.episode == episode.episode and link.operation == operation.operation for link in self.links)

    def judged(self, operation: Row, episode: Row) -> bool:
        for link in self.links:
            if link.episode == episode.episode and link.status in {"confirmed", "rejected"}:
                near = link.joint in {operation.joint, ""} and compatible(operation.side, link.side or "unknown")
                if near or link.operation == operation.operation:
                    return True
        return any(
            (one.index_episode, one.index_joint, one.episode) == (operation.episode, operation.joint, episode.episode)
            and compatible(one.index_side, operation.side)
            for one in self.decisions
        )
