"""Gathers the chapters of a report beside its accounts: indicators, published figures, recipes, agreed actions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kvalitetsapp import settings
from kvalitetsapp.analysis import own_figures, report_case_mix, report_indicators, report_standings, report_time
from kvalitetsapp.analysis.charts.money import case_flow
from kvalitetsapp.analysis.report_background import ReportBackground
from kvalitetsapp.domain import indicator_recipe
from kvalitetsapp.domain.indicator import OWN
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.domain.report_chapters import (
    Actions,
    AgreedAction,
    ProviderChapters,
    Recipe,
    TotalChapters,
)
from kvalitetsapp.exchange import indicator_writing
from kvalitetsapp.services import indicator_source, indicators, typed_figures
from kvalitetsapp.store import identities, number_facts, provider_notes
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.chart_data import Flow
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.provider_note import NoteOnProvider
    from kvalitetsapp.domain.report_data import Recovery
    from kvalitetsapp.services.workspace import Workspace


def background_of(workspace: Workspace, as_of: date) -> ReportBackground:
    """Return what all reports of a batch share."""
    source = indicator_source.source_of(workspace, as_of)
    same = identities.same_person(workspace.store)
    persons = {same.get(one, one) for one in source.index_operations["person"].tolist()}
    unlinkable = number_facts.without_birth(workspace.store) & persons
    published = typed_figures.check_figures(workspace).checked
    return ReportBackground(source, indicators.all_indicators(workspace), published, unlinkable)


def of_provider(workspace: Workspace, source: ReportFrames, flow: Flow, recovery: Recovery) -> ProviderChapters:
    """Return the chapters of the provider that `source` is about."""
    known, provider_id = source.background, source.provider_id
    actions = actions_of(provider_notes.of_provider(workspace.store, provider_id), workspace.today)
    own = provider_id in source.own_providers
    paid = None if own or not flow.purchased else case_flow("", flow, recovery)
    standing = next(iter(report_standings.standings(source)), None)
    if known is None:
        return ProviderChapters(flow=paid, actions=actions, standing=standing)
    found = report_indicators.of_provider(known, provider_id)
    not_reported = report_indicators.without_data(known, provider_id)
    reoperation = known.one(report_time.REOPERATION)
    printed = {one.indicator_id for one in found}
    return ProviderChapters(
        found,
        report_case_mix.delivered(source, known.unlinkable, found, not_reported),
        report_case_mix.mix(source),
        () if reoperation is None else report_case_mix.adjusted(known.case_mix(reoperation), provider_id),
        report_time.charts(known, provider_id),
        own_figures.of_provider(known, provider_id, source.names[provider_id]),
        paid,
        actions,
        _recipes(workspace, [one for one in known.indicators if one.indicator_id in printed]),
        standing,
    )


def of_all(workspace: Workspace, source: ReportFrames) -> TotalChapters:
    """Return the chapters of the total report."""
    known = source.background
    if known is None:
        return TotalChapters(report_standings.standings(source))
    found = report_standings.chapters(source, known)
    named = [one for one in known.indicators if one.indicator_id in report_standings.HEAT]
    return TotalChapters(
        found.standings,
        found.ratios,
        found.adjusted,
        found.heat_maps,
        found.heat_shares,
        _recipes(workspace, named) if found.heat_maps else (),
    )


def definitions(source: ReportFrames) -> tuple[tuple[str, str], ...]:
    """Return which recipes the figures follow: the fingerprint of each file, and every own one with its version."""
    if source.background is None:
        return ()
    folder = settings.resources_dir() / "indicators"
    files = [
        (_("Indikatorer ({file})").format(file=path.stem), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.glob("*.toml"))
    ]
    own = [one for one in source.background.indicators if one.family == OWN]
    return (*files, *((_told(one), _hash(one)) for one in own))


def actions_of(notes: Iterable[NoteOnProvider], today: date) -> Actions:
    """Return agreed actions with how they went, and the provider's comments, the latest first.

    Only an open action with a last day makes this depend on the day it is made.
    """
    every = tuple(notes)
    agreed = tuple(_agreed(one, every, today) for one in every if one.kind is ProviderNote.ACTION)
    comments = tuple((one.said_on.isoformat(), one.text) for one in every if one.kind is ProviderNote.COMMENT)
    waits = any(one.due_on and not one.done_on for one in agreed)
    return Actions(agreed, comments, today.isoformat() if waits else "")


def _agreed(one: NoteOnProvider, notes: tuple[NoteOnProvider, ...], today: date) -> AgreedAction:
    answers = [note for note in notes if note.kind is ProviderNote.FOLLOW_UP and note.answers == one.note]
    return AgreedAction(
        one.said_on.isoformat(),
        one.text,
        one.responsible,
        one.due_on.isoformat() if one.due_on else "",
        one.done_on.isoformat() if one.done_on else "",
        one.is_late(today),
        tuple((note.said_on.isoformat(), note.text) for note in reversed(answers)),
    )


def _recipes(workspace: Workspace, chosen: Iterable[Indicator]) -> tuple[Recipe, ...]:
    return tuple(
        Recipe(
            one.indicator_id,
            one.version,
            one.name,
            indicator_recipe.counted_text(one.count),
            one.source,
            one.verified,
            indicator_recipe.recipe_text(one, workspace.code_tables),
        )
        for one in chosen
    )


def _told(one: Indicator) -> str:
    return _("Egen indikator {name}, version {version}").format(name=one.name, version=one.version)


def _hash(one: Indicator) -> str:
    return hashlib.sha256(indicator_writing.written([one]).encode()).hexdigest()
