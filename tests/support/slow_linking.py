"""R1–R8 once more, slow and plain: row by row, from the text of the contract, sharing nothing with `analysis`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from kvalitetsapp.domain.codes import CodeTables

Row = Any  # a row as itertuples gives it, a cell of one, or a date
CLASSES = (
    "infection",
    "periprosthetic_fracture",
    "dislocation",
    "mechanical",
    "bleeding",
    "wound",
    "nerve_vessel",
    "thromboembolism",
    "cardiovascular",
    "revision_unspecified",
    "other_surgical",
    "other_medical",
)
REVISION = ("revision", "addition", "extraction")
TRIGGER_ROLES = (*REVISION, "reoperation", "closed_reduction")
JOINTS = ("hip", "knee", "shoulder")


@dataclass
class Procedure:
    code: str
    joint: str
    role: str
    side: str
    day: Row


@dataclass
class Operation:
    episode: int
    ref: str
    person: int
    provider: str
    route: str
    joint: str
    side: str
    day: Row
    code: str

    @property
    def index_ref(self) -> str:
        return f"{self.ref}/{self.joint}/{self.side}"

    @property
    def identity(self) -> tuple[int, str, str]:
        return (self.episode, self.joint, self.side)


@dataclass
class Trigger:
    code: str
    joint: str
    side: str
    window: int | None
    gives: str
    role: str = ""
    day: Row = None

    def reaches(self, operation: Operation, event_day: Row) -> bool:
        days = (event_day - operation.day).days
        return self.window is None or 0 <= days <= self.window


@dataclass
class Event:
    episode: Row
    joint: str
    side: str
    triggers: list[Trigger]
    several_joints: bool = False
    candidates: list[Operation] = field(default_factory=list)

    @property
    def day(self) -> Row:
        days = [t.day for t in self.triggers if t.role]
        return min(days) if days else self.episode.admitted


def compatible(one: str, other: str) -> bool:
    return one == other or "unknown" in (one, other)


def each_side(side: str) -> list[str]:
    return ["right", "left"] if side == "both" else [side]


class Slow:
    """The whole of R1–R8 over one county's frames."""

    def __init__(self, episodes: pd.DataFrame, details: pd.DataFrame, tables: CodeTables) -> None:
        self.tables = tables
        self.episodes = list(episodes.itertuples(index=False))
        self.details = self.corrected(list(details.itertuples(index=False)))
        self.procedures = {e.episode: self.procedures_of(e) for e in self.episodes}
        self.operations = sorted((o for e in self.episodes for o in self.operations_of(e)), key=lambda o: o.index_ref)

    # R1

    def corrected(self, details: list[Row]) -> list[Row]:
        """A second row for the same procedure (code and side) of an episode corrects its date."""
        kept: dict[tuple[int, str, str], Row] = {}
        for row in details:
            key = (row.episode, row.code, row.side)
            if key not in kept:
                kept[key] = row
            elif not pd.isna(row.performed_on):
                kept[key] = kept[key]._replace(performed_on=row.performed_on)
        return list(kept.values())

    def procedures_of(self, episode: Row) -> list[Procedure]:
        recorded: list[list[Any]] = [[code, "", pd.NaT] for code in episode.procedures.split()]
        filled: set[int] = set()
        for detail in (d for d in self.details if d.episode == episode.episode):
            free = [i for i, row in enumerate(recorded) if row[0] == detail.code and i not in filled]
            if not free:
                recorded.append([detail.code, "", pd.NaT])
                free = [len(recorded) - 1]
            filled.add(free[0])
            recorded[free[0]][1:] = [detail.side, detail.performed_on]
        codes = [row[0] for row in recorded]
        found = []
        for place, (code, told, performed_on) in enumerate(recorded):
            role = self.tables.procedure_roles.get(code)
            if role is None:
                continue
            day = next((d for d in (performed_on, episode.procedure_date) if not pd.isna(d)), episode.admitted)
            found.append(Procedure(code, role.joint, str(role.role), told or self.lateral(codes, place), day))
        return found

    def lateral(self, codes: list[str], place: int) -> str:
        sides = {self.tables.laterality[c] for c in codes if c in self.tables.laterality}
        if "both" in sides:
            return "both"
        if len(sides) == 1:
            return sides.pop()
        following = codes[place + 1] if place + 1 < len(codes) else ""
        return self.tables.laterality.get(following, "unknown")

    # R2

    def operations_of(self, episode: Row) -> list[Operation]:
        found: dict[tuple[str, str], Operation] = {}
        procedures = self.procedures[episode.episode]
        changes = [
            (p.joint, side) for p in procedures if p.role in ("revision", "extraction") for side in each_side(p.side)
        ]
        for procedure in (p for p in procedures if p.role == "primary"):
            for side in each_side(procedure.side):
                if any(joint == procedure.joint and compatible(side, other) for joint, other in changes):
                    continue
                made = Operation(
                    episode.episode,
                    episode.episode_ref,
                    episode.person,
                    episode.provider_id,
                    episode.payer_route,
                    procedure.joint,
                    side,
                    procedure.day,
                    procedure.code,
                )
                found.setdefault((procedure.joint, side), made)
        return list(found.values())

    # R3

    def triggers_of(self, episode: Row) -> list[Trigger]:
        triggers = []
        for p in self.procedures[episode.episode]:
            if p.role in TRIGGER_ROLES:
                gives = self.tables.complication_procedures.get((p.code, p.joint), "")
                triggers += [Trigger(p.code, p.joint, s, None, gives, p.role, p.day) for s in each_side(p.side)]
        for code in (episode.main_diagnosis + " " + episode.other_diagnoses).split():
            for d in self.tables.complication_diagnoses:
                if code == d.code or (d.prefix and code.startswith(d.code)):
                    triggers.append(Trigger(code, d.joint, "unknown", d.window_days, d.complication_class))
        held = [o for o in self.operations if o.episode == episode.episode]
        return [t for t in triggers if not any(o.joint == t.joint and compatible(o.side, t.side) for o in held)]

    def events_of(self, episode: Row) -> list[Event]:
        triggers = self.triggers_of(episode)
        events = []
        for joint in JOINTS:
            events += self.named_events(episode, joint, [t for t in triggers if t.joint == joint])
        loose = []
        for trigger in (t for t in triggers if t.joint == "any"):
            reached = [e for e in events if any(trigger.reaches(c, e.day) for c in e.candidates)]
            for event in reached:
                event.triggers.append(trigger)
            if not reached:
                loose.append(trigger)
        for event in events:
            event.candidates = self.candidates(event)
        return events + self.events_without_named_joint(episode, events, loose)

    def named_events(self, episode: Row, joint: str, triggers: list[Trigger]) -> list[Event]:
        sides = sorted({t.side for t in triggers} - {"unknown"}) or ["unknown"]
        events = []
        for side in sides:
            event = Event(episode, joint, side, [t for t in triggers if t.side in (side, "unknown")])
            event.candidates = self.candidates(event)
            if event.candidates or any(t.window is None for t in event.triggers):
                events.append(event)
        return events

    def events_without_named_joint(self, episode: Row, named: list[Event], loose: list[Trigger]) -> list[Event]:
        made: dict[str, Event] = {}
        taken = {e.joint for e in named} | {o.joint for o in self.operations if o.episode == episode.episode}
        for trigger in loose:
            reached = {}
            for joint in JOINTS:
                event = Event(episode, joint, "unknown", [trigger])
                event.candidates = self.candidates(event)
                if joint not in taken and event.candidates:
                    reached[joint] = event
            for joint in reached:
                known = made.setdefault(joint, Event(episode, joint, "unknown", []))
                known.triggers.append(trigger)
                known.several_joints |= len(reached) > 1
        for event in made.values():
            event.candidates = self.candidates(event)
        holds = any(o.episode == episode.episode for o in self.operations)
        if not named and not made and not holds and any(t.window is None for t in loose):
            return [Event(episode, "", "unknown", loose)]
        return list(made.values())

    # R5

    def candidates(self, event: Event) -> list[Operation]:
        found = [
            o
            for o in self.operations
            if o.person == event.episode.person
            and o.joint == event.joint
            and o.episode != event.episode.episode
            and o.day <= event.day
            and compatible(o.side, event.side)
            and any(t.reaches(o, event.day) for t in event.triggers)
        ]
        exact = [o for o in found if o.side == event.side]
        return exact if exact and event.side != "unknown" else found

    # R6, R7, R8

    def proposal(self, event: Event) -> tuple[Operation | None, str]:
        if not event.candidates:
            return None, "unlinked"
        last = max(o.day for o in event.candidates)
        latest = [o for o in event.candidates if o.day == last]
        unsure = event.several_joints or len({o.side for o in event.candidates}) > 1 or len(latest) > 1
        named = min(latest, key=lambda o: (o.ref, o.joint, o.side))
        return named, "ambiguous" if unsure else "proposed"

    def complication_class(self, event: Event, operation: Operation | None) -> str:
        given = {
            t.gives
            for t in event.triggers
            if (t.window is None if operation is None else t.reaches(operation, event.day))
        }
        return next((name for name in CLASSES if name in given), "")

    def surgery_level(self, event: Event) -> str:
        roles = {t.role for t in event.triggers}
        if roles & set(REVISION):
            return "revision"
        return next((role for role in ("reoperation", "closed_reduction") if role in roles), "none")

    def competing(self, event: Event, operation: Operation | None) -> int:
        if operation is None:
            return 0
        for episode in self.episodes:
            if episode.person != event.episode.person or episode.provider_id == operation.provider:
                continue
            for p in self.procedures[episode.episode]:
                if (
                    p.role in (*REVISION, "reoperation")
                    and p.joint == operation.joint
                    and any(compatible(side, operation.side) for side in each_side(p.side))
                    and operation.day < p.day < event.day
                ):
                    return 1
        return 0

    def operation(self, episode: Row, joint: str, side: str) -> Operation | None:
        same = [o for o in self.operations if o.episode == episode and o.joint == joint]
        return next((o for o in same if o.side == side), min(same, key=lambda o: o.side) if same else None)

    def links(self, verdicts: pd.DataFrame) -> list[dict[str, Any]]:
        rows = []
        spoken: list[Row] = list(verdicts.itertuples(index=False))
        for episode in self.episodes:
            for event in self.events_of(episode):
                proposed, status = self.proposal(event)
                operation, given = proposed, ""
                decided: Row = None
                for verdict in spoken:
                    if verdict.episode != episode.episode or verdict.joint not in ("", event.joint):
                        continue
                    if verdict.side not in ("", event.side):
                        continue
                    if decided is None or verdict.reviewed_on >= decided.reviewed_on:
                        decided = verdict
                if decided is not None:
                    given = decided.complication_class
                    if decided.decision == "rejected":
                        status = "rejected"
                    else:
                        named = not pd.isna(decided.index_episode)
                        meant = (
                            self.operation(decided.index_episode, decided.index_joint, decided.index_side)
                            if named
                            else proposed
                        )
                        if meant is not None:
                            operation, status = meant, "confirmed"
                rows.append(self.row(event, operation, status, given, decided))
        return sorted(rows, key=lambda r: (r["event_ref"], r["joint"], r["side"]))

    def row(self, event: Event, operation: Operation | None, status: str, given: str, decided: Row) -> dict[str, Any]:
        return {
            "event_ref": event.episode.episode_ref,
            "joint": event.joint,
            "side": event.side,
            "event_date": event.day,
            "event_provider_id": event.episode.provider_id,
            "index_ref": operation.index_ref if operation else "",
            "index_provider_id": operation.provider if operation else "",
            "index_side": operation.side if operation else "",
            "operated_on": operation.day if operation else pd.NaT,
            "days": (event.day - operation.day).days if operation else None,
            "status": status,
            "competing": self.competing(event, operation),
            "complication_class": given or self.complication_class(event, operation),
            "surgery_level": self.surgery_level(event),
            "candidates": len(event.candidates),
            "triggers": " ".join(sorted({t.code for t in event.triggers})),
            "verdict": decided.verdict if decided is not None else None,
        }
