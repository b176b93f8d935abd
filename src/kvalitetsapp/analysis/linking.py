"""R1–R8 as a whole: from episodes and decisions to links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.candidates import CandidateFinder
from kvalitetsapp.analysis.coding import (
    CLASSES,
    JOINT_WORDS,
    LEVELS,
    NO_CLASS,
    SIDES,
    dates_of,
    words,
)
from kvalitetsapp.analysis.decisions import STATUSES, Links, decide
from kvalitetsapp.analysis.events import Events, Surroundings, make_events
from kvalitetsapp.analysis.identities import OperationBook
from kvalitetsapp.analysis.judgement import competing_surgery, complication_classes, surgery_levels
from kvalitetsapp.analysis.operations import Operations, derive_operations, operations_frame, repeat_primaries
from kvalitetsapp.analysis.procedures import Procedures, joint_procedures
from kvalitetsapp.analysis.triggers import Triggers, find_triggers, held_sides

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kvalitetsapp.analysis.coding import Ints
    from kvalitetsapp.domain.codes import CodeTables


@dataclass(frozen=True, slots=True)
class LinkRun:
    """What R1–R8 give.

    `index_operations`: operation int64 (0 … n − 1, in the order of index_ref), episode, person int64, index_ref str,
    provider_id, joint, side (right, left, unknown) category, operated_on date, procedure_code, payer_route category.
    `links`, one row per event, by event_ref, joint, side: episode int64, event_ref str, person int64, joint (""
    where none is told), side category, event_date, event_provider_id, operation int64 (−1: none), index_ref str,
    index_provider_id, index_side category, operated_on, days Int64, status category, competing int8,
    complication_class, surgery_level category, triggers str (codes), candidates int64 (how many), another_look int8,
    verdict Int64 (the one that decides).
    `pins`: frames.PINS. `findings`: rule str, episode int64, detail str.
    """

    index_operations: pd.DataFrame
    links: pd.DataFrame
    pins: pd.DataFrame
    findings: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Prepared:
    """Procedures with their sides and the index operations among them (R1, R2)."""

    procedures: Procedures
    operations: Operations


@dataclass(frozen=True, slots=True)
class LinkedEvents:
    """R3–R8 as numbers of `coding`, an entry per event, in no promised order."""

    events: Events
    triggers: Triggers
    links: Links
    days: Ints
    competing: Ints
    complication_class: Ints
    surgery_level: Ints
    pins: pd.DataFrame


def run(
    episodes: pd.DataFrame,
    details: pd.DataFrame,
    verdicts: pd.DataFrame,
    pins: pd.DataFrame,
    code_tables: CodeTables,
) -> LinkRun:
    """Return operations, links, pins and findings by R1–R8 of the data contract.

    Takes frames of the shapes EPISODES, PROCEDURE_DETAILS, VERDICTS and PINS (the pins of the run before). The order
    of episodes never matters; that of details and verdicts is the order they came in.
    """
    prepared = prepare(episodes, details, code_tables)
    linked = link_events(episodes, prepared, verdicts, pins, code_tables)
    operations = operations_frame(prepared.operations, episodes, prepared.procedures.codes)
    return LinkRun(
        index_operations=operations,
        links=_links_frame(episodes, prepared.operations, linked, verdicts),
        pins=linked.pins,
        findings=repeat_primaries(prepared.operations),
    )


def prepare(episodes: pd.DataFrame, details: pd.DataFrame, code_tables: CodeTables) -> Prepared:
    """Return procedures and index operations (R1, R2) of frames of the shapes EPISODES and PROCEDURE_DETAILS."""
    procedures = joint_procedures(episodes, details, code_tables)
    return Prepared(procedures, derive_operations(episodes, procedures))


def link_events(
    episodes: pd.DataFrame,
    prepared: Prepared,
    verdicts: pd.DataFrame,
    pins: pd.DataFrame,
    code_tables: CodeTables,
) -> LinkedEvents:
    """Return the events and their links (R3–R8) without any text."""
    operations, procedures = prepared.operations, prepared.procedures
    persons = _without_gaps(episodes["person"].to_numpy())
    held = held_sides(operations, len(episodes))
    triggers = find_triggers(episodes, procedures, held, code_tables)
    events = make_events(triggers, Surroundings(episodes, held, CandidateFinder(operations, persons)))
    links, new_pins = decide(events, verdicts, pins, OperationBook(episodes, operations))
    days = _days(events, links, operations)
    derived = complication_classes(events, triggers, days, links.operation)
    providers = episodes["provider_id"].cat.codes.to_numpy()
    return LinkedEvents(
        events=events,
        triggers=triggers,
        links=links,
        days=days,
        competing=competing_surgery(events, links.operation, operations, procedures, persons, providers),
        complication_class=np.where(links.given_class == NO_CLASS, derived, links.given_class),
        surgery_level=surgery_levels(events, triggers, days, links.operation),
        pins=new_pins,
    )


def _without_gaps(persons: Ints) -> Ints:
    """Return persons as small numbers from 0: counted from the first, where they lie close together."""
    if not len(persons):
        return persons
    first = persons.min()
    if persons.max() - first > 4 * len(persons) + 1000:
        return np.unique(persons, return_inverse=True)[1]
    return persons - first if first else persons


def _days(events: Events, links: Links, operations: Operations) -> Ints:
    """Return the days from the linked operation to each event, 0 where none is linked."""
    if not len(operations.day):
        return np.zeros(len(events.row), dtype=np.int32)
    return np.where(links.operation >= 0, events.day - operations.day[links.operation], 0)


def _links_frame(
    episodes: pd.DataFrame, operations: Operations, linked: LinkedEvents, verdicts: pd.DataFrame
) -> pd.DataFrame:
    events, links = linked.events, linked.links
    refs = episodes["episode_ref"].to_numpy(dtype=object)[events.row]
    none, look, verdict = links.operation < 0, links.another_look, links.verdict
    keys = np.append(verdicts["verdict"].to_numpy(), 0)
    frame = pd.DataFrame(
        {
            "episode": episodes["episode"].to_numpy()[events.row],
            "event_ref": pd.Series(refs, dtype=object),
            "person": episodes["person"].to_numpy()[events.row],
            "joint": words(events.joint, JOINT_WORDS),
            "side": words(events.side, SIDES),
            "event_date": dates_of(events.day),
            "event_provider_id": episodes["provider_id"].array[events.row],
            "operation": links.operation.astype(np.int64),
            **_index_columns(episodes, operations, links.operation),
            "days": pd.arrays.IntegerArray(linked.days.astype(np.int64), none),
            "status": words(links.status, STATUSES),
            "competing": linked.competing,
            "complication_class": words(linked.complication_class, CLASSES),
            "surgery_level": words(linked.surgery_level, LEVELS),
            "triggers": pd.Series(_trigger_codes(events, linked.triggers), dtype=object),
            "candidates": events.found.count.astype(np.int64),
            "another_look": look.astype(np.int8),
            "verdict": pd.arrays.IntegerArray(keys[verdict].astype(np.int64), verdict < 0),
        }
    )
    order = np.lexsort((_alphabetic(events.side, SIDES), _alphabetic(events.joint, JOINT_WORDS), _ranks(refs)))
    return frame.iloc[order].reset_index(drop=True)


def _index_columns(episodes: pd.DataFrame, operations: Operations, linked: Ints) -> dict[str, object]:
    """Return what is told of the linked operation, "" and NaT where there is none (place −1: the one put last)."""
    providers = episodes["provider_id"].cat.categories
    none = linked < 0
    provider = np.append(operations.provider, -1).astype(np.int64)[linked]
    provider[none] = len(providers)
    dates = np.append(dates_of(operations.day), np.datetime64("NaT", "s"))
    return {
        "index_ref": pd.Series(np.append(operations.index_ref, np.array([""], dtype=object))[linked], dtype=object),
        "index_provider_id": words(provider, [*(name for name in providers), ""]),
        "index_side": words(np.append(operations.side, len(SIDES))[linked], (*SIDES, "")),
        "operated_on": dates[linked],
    }


def _trigger_codes(events: Events, triggers: Triggers) -> NDArray[np.object_]:
    """Return each event's trigger codes, sorted and each once, separated by spaces."""
    rank = _alphabetic(triggers.code, triggers.codes)
    names = np.array(sorted(set(triggers.codes)), dtype=object)
    count = len(names)
    pairs = np.unique(events.event * count + rank[events.trigger])
    event, code = pairs // count, names[pairs % count]
    texts = np.full(len(events.row), "", dtype=object)
    turn = np.arange(len(event)) - np.searchsorted(event, event, side="left")
    for place in range(int(turn.max()) + 1 if len(turn) else 0):
        chosen = turn == place
        texts[event[chosen]] += code[chosen] if place == 0 else " " + code[chosen]
    return texts


def _alphabetic(numbers: Ints, vocabulary: tuple[str, ...] | list[str]) -> Ints:
    """Return numbers of words as numbers in the order of code points."""
    rank = {word: place for place, word in enumerate(sorted(set(vocabulary)))}
    return np.array([rank[word] for word in vocabulary], dtype=np.int64)[numbers]


def _ranks(texts: NDArray[np.object_]) -> Ints:
    """Return the place of each text among the distinct ones in the order of code points."""
    codes, known = pd.factorize(texts, sort=False)
    order = np.argsort(known.astype(object), kind="stable")
    ranks = np.empty(len(known), dtype=np.int64)
    ranks[order] = np.arange(len(known))
    return ranks[codes]
