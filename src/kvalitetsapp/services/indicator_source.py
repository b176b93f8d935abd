"""What indicators are worked out from, read from the store once for each state of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp import settings
from kvalitetsapp.store import benchmarks, identities, indicator_rows, persons, report_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pandas import DataFrame

    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.services.workspace import Workspace

_KEPT: Final = "indicator source"
_UNITS: Final = {"operation": "int", "unit": "category"}
_ANSWERS: Final = {
    "person": "int",
    "joint": "category",
    "side": "category",
    "instrument": "category",
    "item": "category",
    "occasion": "category",
    "answered_on": "date",
    "value": "float",
}
_BACKGROUND_FACTS: Final = ("education", "birth_country", "municipality")
_BACKGROUNDS: Final = {"person": "int", **dict.fromkeys(_BACKGROUND_FACTS, "category")}
_REGISTER: Final = {"person": "int", "joint": "category", "side": "category", "operated_on": "date"}


@dataclass(frozen=True, slots=True)
class _Kept:
    """A source, and the state of the store that it was read in."""

    mark: tuple[int, int, int]
    source: IndicatorSource


def source_of(workspace: Workspace, as_of: date) -> IndicatorSource:
    """Return what indicators are worked out from on a day; it is read anew only after the store has changed.

    Raises:
        InputError: a table of the program is missing or damaged.
    """
    with workspace.store.one_moment():
        known, mark = workspace.kept.get(_KEPT), workspace.store.mark()
        if not isinstance(known, _Kept) or known.mark != mark:
            known = workspace.kept[_KEPT] = _Kept(mark, _read(workspace, as_of))
    return replace(known.source, as_of=as_of)


def source_on(workspace: Workspace, as_of: date | None) -> IndicatorSource | None:
    """Return the same on a day, the data cut unless told; None where nothing is taken in and no day is told."""
    from kvalitetsapp.services import frames_of_store

    cut = as_of or frames_of_store.load(workspace).data_cut
    return None if cut is None else source_of(workspace, cut)


def _read(workspace: Workspace, as_of: date) -> IndicatorSource:
    from kvalitetsapp.analysis import frames
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.exchange.birth_regions import read_birth_regions
    from kvalitetsapp.exchange.prosthesis_types import read_prosthesis_types
    from kvalitetsapp.services import frames_of_store

    known, store = frames_of_store.load(workspace), workspace.store
    return IndicatorSource(
        index_operations=known.index_operations,
        links=known.links,
        episodes=known.episodes,
        details=known.details,
        persons=known.persons,
        providers=known.providers,
        benchmarks=frames.frame(frames.PUBLISHED, benchmarks.columns(store)),
        units=frames.frame(_UNITS, report_rows.operation_details(store)),
        answers=_of_persons(workspace, _ANSWERS, indicator_rows.answer_columns(store)),
        register=_of_persons(workspace, _REGISTER, indicator_rows.register_columns(store)),
        as_of=as_of,
        tables=workspace.code_tables,
        adverse_events=workspace.adverse_events,
        prostheses=read_prosthesis_types(settings.resources_dir() / "indicators" / "prosthesis_types.csv"),
        backgrounds=partial(_backgrounds, workspace),
        birth_regions=read_birth_regions(settings.resources_dir() / "indicators" / "birth_regions.csv"),
    )


def _backgrounds(workspace: Workspace) -> DataFrame:
    """Return what the persons files tell of each person's background."""
    from kvalitetsapp.analysis import frames

    told = persons.background_columns(workspace.store)
    return frames.frame(_BACKGROUNDS, one_row_a_person(told, identities.same_person(workspace.store)))


def one_row_a_person(told: dict[str, list[Any]], same: Mapping[int, int]) -> dict[str, list[Any]]:
    """Return backgrounds of identities as rows of persons; what one number of a person lacks is taken from another."""
    first: dict[int, int] = {}
    for place, identity in enumerate(told["identity"]):
        known = first.setdefault(same.get(identity, identity), place)
        if known != place:
            for name in _BACKGROUND_FACTS:
                told[name][known] = told[name][known] or told[name][place]
    columns = {name: [told[name][place] for place in first.values()] for name in _BACKGROUND_FACTS}
    return {"person": list(first), **columns}


def _of_persons(workspace: Workspace, shape: dict[str, str], columns: dict[str, list[Any]]) -> DataFrame:
    """Return rows about identities as a frame of rows about persons, aliases resolved."""
    from kvalitetsapp.analysis import frames

    same = identities.same_person(workspace.store)
    columns["person"] = [same.get(identity, identity) for identity in columns["identity"]]
    return frames.frame(shape, columns)
