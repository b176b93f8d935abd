"""Gathers what a report shows: the analysis of the store, and what the store knows of itself."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import kvalitetsapp
from kvalitetsapp import settings
from kvalitetsapp.analysis import frames, report_costs, report_money, report_outcomes, report_review, report_volume
from kvalitetsapp.analysis.report_frames import ReportFrames
from kvalitetsapp.domain.provider_question import counted
from kvalitetsapp.domain.report_costs import OwedOnDay
from kvalitetsapp.domain.report_data import (
    Benchmark,
    DataQuality,
    FormReview,
    Head,
    ImportedFile,
    Kept,
    Manifest,
    ProviderAnswers,
    ProviderComment,
    ProviderReport,
    TotalReport,
    sealed,
)
from kvalitetsapp.domain.words import word
from kvalitetsapp.services import ageing, claim_account, frames_of_store, reviewer_agreement
from kvalitetsapp.services import provider_comparison as compared
from kvalitetsapp.store import batches, benchmarks, provider_questions, receivables, report_rows, review_answers
from kvalitetsapp.texts import N_, _, decimal

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.domain.released import SmallNumbers
    from kvalitetsapp.services.workspace import Workspace

_DETAILS: Final = {"operation": "int", "price": "nullable", "unit": "str"}
_RULE_TABLES: Final = {
    "procedure_roles": N_("Åtgärdernas roller"),
    "complication_diagnoses": N_("Komplikationsdiagnoser"),
    "complication_procedures": N_("Komplikationsåtgärder"),
    "laterality": N_("Sidor"),
}
_COMPARED: Final = ("reoperation_2y", "reoperation_90d", "reoperation_30d")


def source_of(workspace: Workspace, as_of: date, provider_id: str = "") -> ReportFrames:
    """Return the frames of one provider's operations, or of all purchased ones."""
    loaded = frames_of_store.load(workspace)
    return ReportFrames(
        loaded.index_operations,
        loaded.links,
        loaded.episodes,
        loaded.persons,
        loaded.providers,
        loaded.benchmarks,
        loaded.agreements,
        frames.frame(_DETAILS, report_rows.operation_details(workspace.store)),
        as_of,
        provider_id,
        claim_account.account(workspace, loaded),
    )


def provider_report(workspace: Workspace, source: ReportFrames, *, small_numbers: SmallNumbers) -> ProviderReport:
    """Return everything in the report of the provider that `source` is about."""
    claims = source.confirmed_claims
    recovery = report_money.recovery_by(claims, "year", source.claims_account)
    outcomes = report_outcomes.outcomes(source)
    name = source.names[source.provider_id]
    return sealed(
        ProviderReport(
            head=head(workspace, source, name, small_numbers=small_numbers),
            is_own=source.provider_id in source.own_providers,
            overall=report_outcomes.overall(source),
            quality=_quality(workspace, source),
            volume=report_volume.volume(source),
            outcomes=outcomes,
            units=report_outcomes.unit_tables(source),
            benchmarks=_benchmarks(workspace, {one.joint for one in outcomes}),
            funnels=report_outcomes.funnels(source, named=False),
            survival=report_outcomes.curves(source),
            classes=report_outcomes.classes(source),
            review=report_volume.review(source),
            form_review=_form_review(workspace, source),
            recovery=recovery,
            potential=report_money.total(source.potential_claims, source.claims_account),
            not_covered=report_money.not_covered(claims),
            costs=report_money.cost_per_case(source),
            strip=report_money.strip(source),
            agreements=report_money.agreements_used(source),
            flow=report_volume.flow(source, recovery[-1]),
            answers=_answers(workspace, source.provider_id),
            manifest=manifest(workspace, source, small_numbers=small_numbers),
            claims=report_costs.claims_by_year(claims, source.claims_account),
            owed=owed(workspace, source),
        )
    )


def total_report(workspace: Workspace, source: ReportFrames, *, small_numbers: SmallNumbers) -> TotalReport:
    """Return everything in the total follow-up of purchased care."""
    claims = source.confirmed_claims
    by_year = report_money.recovery_by(claims, "year", source.claims_account)
    *by_provider, everything = report_money.recovery_by(claims, "provider", source.claims_account)
    nothing = report_money.total(claims.iloc[:0])
    outcomes = report_outcomes.outcomes(source)
    return sealed(
        TotalReport(
            head=head(workspace, source, _("Alla vårdgivare utom egen regi"), small_numbers=small_numbers),
            quality=_quality(workspace, source),
            providers=report_outcomes.provider_rows(source, {one.key: one for one in by_provider}, nothing),
            overall=outcomes,
            benchmarks=_benchmarks(workspace, {one.joint for one in outcomes}),
            funnels=report_outcomes.funnels(source, named=True),
            survival=report_outcomes.curves(source),
            classes=report_outcomes.classes(source),
            review=report_volume.review(source),
            form_review=_form_review(workspace, source),
            recovery=by_year,
            potential=report_money.total(source.potential_claims, source.claims_account),
            not_covered=report_money.not_covered(claims),
            costs=report_money.cost_per_case(source),
            per_event=report_money.cost_per_event(source),
            strip=report_money.strip(source),
            agreements=report_money.agreements_used(source),
            flow=report_volume.flow(source, everything),
            expected=report_costs.expected(source),
            claims=report_costs.claims_by_year(claims, source.claims_account),
            owed=owed(workspace, source),
            comparisons=compared.usual(workspace, source),
            manifest=manifest(workspace, source, small_numbers=small_numbers),
        )
    )


def owed(workspace: Workspace, source: ReportFrames) -> OwedOnDay:
    """Return what is owed on the last day that anything is known of, so that the same data give the same report."""
    day = max(source.as_of, receivables.latest_day(workspace.store) or source.as_of)
    found = ageing.by_provider(workspace, day)
    rows = [one for one in found if one.provider_id == source.provider_id] if source.provider_id else found
    return OwedOnDay(day.isoformat(), tuple(one for one in rows if one.bases))


def head(workspace: Workspace, source: ReportFrames, subject: str, *, small_numbers: SmallNumbers) -> Head:
    """Return what stands on the cover and on every page."""
    first, last = report_volume.period(source)
    return Head(
        subject=subject,
        first_operation=first,
        last_operation=last,
        data_cut=source.as_of.isoformat(),
        sample=workspace.is_sample,
        small_numbers=small_numbers,
        program_version=kvalitetsapp.__version__,
    )


def _quality(workspace: Workspace, source: ReportFrames) -> DataQuality:
    return DataQuality(
        imports=tuple(Kept(*row) for row in report_rows.imports_by_kind(workspace.store)),
        findings=tuple(batches.finding_counts(workspace.store)),
        side_unknown=report_volume.side_unknown(source),
        ambiguous=report_volume.ambiguous(source),
        missing_cost=report_volume.missing_cost(source),
        unlinked=report_volume.unlinked(source.links),
        last_month=report_volume.last_whole_month(source.as_of),
    )


def _form_review(workspace: Workspace, source: ReportFrames) -> FormReview:
    return report_review.form_review(
        source, review_answers.standing(workspace.store), reviewer_agreement.latest_pairs(workspace)
    )


def _answers(workspace: Workspace, provider_id: str) -> ProviderAnswers:
    """Return what became of the questions; only one that waits makes the report depend on the day it is made."""
    counts = counted(provider_questions.of_provider(workspace.store, provider_id), workspace.today)
    comments = tuple(
        ProviderComment(one.answered_on, int(one.event_date[:4]), one.joint, one.complication_class, one.text)
        for one in provider_questions.comments_of_provider(workspace.store, provider_id)
    )
    return ProviderAnswers(counts, workspace.today.isoformat() if counts.open else "", comments)


def _benchmarks(workspace: Workspace, joints: set[str]) -> tuple[Benchmark, ...]:
    """Return Sweden's figures of the latest period (the greatest as text) for the joints, by joint and indicator."""
    columns = benchmarks.columns(workspace.store)
    names = ("country", "level", "joint", "indicator", "period", "value", "unit_of_value", "source")
    latest: dict[tuple[str, str], tuple[Any, ...]] = {}
    for row in zip(*(columns[name] for name in names), strict=True):
        country, level, joint, indicator, period, *_rest = row
        if country == "SE" and level == "national" and joint in joints and indicator in _COMPARED:
            known = latest.get((joint, indicator))
            if known is None or period >= known[4]:
                latest[joint, indicator] = row
    return tuple(_benchmark(row) for _key, row in sorted(latest.items()))


def _benchmark(row: tuple[Any, ...]) -> Benchmark:
    _country, _level, joint, indicator, period, value, unit_of_value, source = row
    return Benchmark(joint, indicator, value / 100 if unit_of_value == "percent" else value, period, source)


def imported_files(workspace: Workspace) -> tuple[ImportedFile, ...]:
    """Return the imports that the data rest on, the first first."""
    return tuple(
        ImportedFile(one.batch, one.kind, one.file_name, one.file_sha256, one.imported_at, one.read, one.rejected)
        for one in reversed(batches.all_batches(workspace.store))
        if one.undone_at is None
    )


def definitions(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return which edition of the code tables and which rules the events were found by."""
    folder = settings.resources_dir() / "codes"
    hashes = ((_(title), sha256_of(folder / f"{name}.csv")) for name, title in _RULE_TABLES.items())
    return ((_("Kodtabeller, utgåva"), workspace.code_tables.version), *hashes)


def sha256_of(path: Path) -> str:
    """Return the fingerprint of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def manifest(workspace: Workspace, source: ReportFrames, *, small_numbers: SmallNumbers) -> Manifest:
    """Return what a report of outcomes is made from."""
    parameters = (
        (_("Omfattning"), source.names.get(source.provider_id, _("alla vårdgivare utom egen regi"))),
        (_("Uppföljningstid"), _("30, 90 och 730 dagar")),
        (_("Kurvan bryts under"), _("{n} under uppföljning").format(n=report_outcomes.LEAST_AT_RISK)),
        (_("Synlig skillnad, sannolikhet"), decimal(0.8, 1)),
        (_("Små tal"), word("small_numbers", small_numbers)),
    )
    return Manifest(imported_files(workspace), definitions(workspace), parameters)
