"""What everybody who reads can ask the services for, call by call, and all the text in what comes back."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kvalitetsapp.services
from kvalitetsapp.domain import agreement_form, indicator_form
from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.domain.episode import EpisodeQuery
from kvalitetsapp.domain.equity import Comparison
from kvalitetsapp.domain.outcome_choice import OutcomeScope, Picture
from kvalitetsapp.domain.recovery_summary import Asked, Summary
from kvalitetsapp.domain.redistribution import RedistributionScenario
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.domain.waiting import WaitingKey, WaitingScope
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import (
    agreement_edits,
    agreement_effect,
    agreements,
    before_after,
    billing_files,
    claim_lists,
    data_quality,
    editable_offers,
    editable_tables,
    episodes,
    equity,
    equity_profile,
    evaluation,
    event_costs,
    families,
    import_listings,
    imports,
    indicators,
    outcome_charts,
    outcome_figures,
    outcome_overview,
    provider_comparison,
    provider_notes,
    recovery_summaries,
    redistribution,
    reports,
    review_case,
    review_queue,
    summaries,
    undo_import,
    waiting,
)
from kvalitetsapp.services.report_making import Order
from support import agenda_calls, paper_calls, pdf, queues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.rights import Right
    from kvalitetsapp.services.workspace import Workspace

    Service = Callable[..., Any]
    Call = Callable[[Workspace, Path], object]

INDICATOR: Final = "reoperation_2y"
PROVIDER: Final = "P01"
_SCOPE: Final = OutcomeScope()
_QUEUE: Final = QueueFilter(Preset.DECIDED)


def _agreements(workspace: Workspace) -> list[Any]:
    return [card.agreement for card in agreements.shown(workspace).cards]


def _exported(workspace: Workspace, folder: Path) -> Path:
    return agreements.export(workspace, folder / "avtal.toml").path


def _report(workspace: Workspace, folder: Path) -> object:
    out, tables = folder / "rapport.pdf", folder / "rapport.xlsx"
    reports.write(workspace, Order(ReportKind.PROVIDER, PROVIDER), out, tables)
    return pdf.read(out.read_bytes()).text, _workbook(tables)


def _truth(workspace: Workspace, folder: Path) -> Path:
    link, path = queues.all_links(workspace)[0], folder / "facit.csv"
    row = (link.event_ref, link.key.joint, "confirmed", "Rut", "2024-01-01")
    path.write_text(f"event_ref;joint;verdict;reviewer;reviewed_on\n{';'.join(row)}\n", encoding="utf-8")
    return path


def _workbook(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as parts:
        return [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]


def _form(workspace: Workspace) -> indicator_form.IndicatorForm:
    return indicator_form.form_of(indicators.one(workspace, INDICATOR))


def _events(workspace: Workspace) -> list[Any]:
    return [link.key for link in queues.all_links(workspace)][-20:]


def _batches(workspace: Workspace) -> list[int]:
    return [one.batch for one in imports.list_imports(workspace)]


_OF_WAITING: Final = (
    *(waiting.capacity, waiting.date_quality, waiting.distribution, waiting.findings, waiting.flows),
    *(waiting.highly_specialised, waiting.series),
)


def _of_waiting(service: Service) -> Call:
    return lambda workspace, _folder: service(workspace, WaitingScope())


CALLS: Final[dict[Service, Call]] = {
    agreement_edits.history: lambda at, _to: [
        agreement_edits.history(at, one.agreement_id) for one in _agreements(at)
    ],
    agreement_effect.of_file: lambda at, to: agreement_effect.of_file(at, _exported(at, to)),
    agreement_effect.of_form: lambda at, _to: agreement_effect.of_form(
        at, agreement_form.form_of(_agreements(at)[0]), _agreements(at)[0]
    ),
    agreements.export: lambda at, to: _exported(at, to).read_text(encoding="utf-8"),
    before_after.before_after: lambda at, _to: before_after.before_after(at, before_after.Cohort(), days=90),
    billing_files.as_text: lambda at, _to: (billing_files.as_text(at, None), billing_files.as_text(at, PROVIDER)),
    claim_lists.cap_ledger: lambda at, _to: [
        claim_lists.cap_ledger(at, link.index_ref) for link in queues.all_links(at)[-3:] if link.index_ref
    ],
    data_quality.rows: lambda at, _to: [
        data_quality.rows(at, state.rule.rule_id) for state in data_quality.overview(at) if state.open
    ],
    data_quality.history: lambda at, _to: data_quality.history(at, "check_digit", "person/1"),
    editable_offers.names: lambda at, _to: [editable_offers.names(at, name) for name in EDITABLE],
    editable_offers.offers: lambda at, _to: editable_offers.offers(at, "targets"),
    editable_tables.export: lambda at, to: editable_tables.export(at, "targets", to / "mål.csv").read_text("utf-8"),
    editable_tables.file_of: lambda at, _to: editable_tables.file_of(at, "targets").decode("utf-8"),
    editable_tables.history: lambda at, _to: editable_tables.history(at, "targets", ["enps"]),
    editable_tables.history_table: lambda at, _to: editable_tables.history_table(at, "targets", ["enps"]).rows,
    editable_tables.kept: lambda at, _to: [editable_tables.kept(at, name) for name in EDITABLE],
    editable_tables.rows: lambda at, _to: [editable_tables.rows(at, name) for name in EDITABLE],
    editable_tables.table: lambda at, _to: editable_tables.table(at, "targets").rows,
    episodes.find: lambda at, _to: episodes.find(at, EpisodeQuery()),
    episodes.rows: lambda at, _to: episodes.rows(at, episodes.find(at, EpisodeQuery())),
    episodes.titles: lambda at, _to: episodes.titles(at, ["M169", "NFB49"]),
    episodes.view: lambda at, _to: [episodes.view(at, key.episode) for key in _events(at)],
    equity.figures: lambda at, _to: equity.figures(at, Comparison(INDICATOR, _SCOPE, ("sex",))),
    equity_profile.profile: lambda at, _to: equity_profile.profile(at, _SCOPE, Progress(), (INDICATOR,)),
    evaluation.evaluate_links: lambda at, to: evaluation.evaluate_links(at, _truth(at, to)),
    event_costs.of_event: lambda at, _to: [event_costs.of_event(at, key) for key in _events(at)],
    families.check_followed: lambda at, _to: families.check_followed(at, "hip"),
    import_listings.findings: lambda at, _to: [import_listings.findings(at, one) for one in _batches(at)],
    import_listings.rejects: lambda at, _to: [import_listings.rejects(at, one) for one in _batches(at)],
    imports.import_details: lambda at, _to: [imports.import_details(at, one) for one in _batches(at)],
    indicators.export: lambda at, to: indicators.export(at, [INDICATOR], to / "recept.toml").read_text("utf-8"),
    indicators.members: lambda at, _to: indicators.members(at, INDICATOR),
    indicators.one: lambda at, _to: indicators.one(at, INDICATOR),
    indicators.recipe: lambda at, _to: indicators.recipe(at, INDICATOR),
    indicators.summary: lambda at, _to: indicators.summary(at, INDICATOR, by=["provider", "sex", "age_group"]),
    indicators.versions: lambda at, _to: indicators.versions(at, INDICATOR),
    outcome_charts.picture: lambda at, _to: [
        outcome_charts.picture(at, INDICATOR, _SCOPE, kind, provider_id=PROVIDER) for kind in Picture
    ],
    outcome_figures.behind: lambda at, _to: outcome_figures.behind(at, INDICATOR, _SCOPE, {"provider": PROVIDER}),
    outcome_figures.figures: lambda at, _to: outcome_figures.figures(at, INDICATOR, _SCOPE, ["provider", "age_group"]),
    outcome_figures.preview: lambda at, _to: outcome_figures.preview(at, _form(at), _SCOPE),
    outcome_figures.some_rows: lambda at, _to: outcome_figures.some_rows(at, [INDICATOR], _SCOPE, Progress(), 60),
    outcome_overview.case_flow: lambda at, _to: outcome_overview.case_flow(at, _SCOPE),
    outcome_overview.cost_strip: lambda at, _to: outcome_overview.cost_strip(at, _SCOPE),
    outcome_overview.profile: lambda at, _to: outcome_overview.profile(at, _SCOPE, Progress()),
    outcome_overview.provider_by_indicator: lambda at, _to: outcome_overview.provider_by_indicator(
        at, _SCOPE, Progress()
    ),
    **agenda_calls.CALLS,
    **paper_calls.CALLS,
    redistribution.work_out: lambda at, _to: redistribution.work_out(at, WaitingScope(), RedistributionScenario()),
    provider_comparison.shown: lambda at, _to: provider_comparison.shown(at, joint="hip"),
    provider_comparison.summary: lambda at, _to: provider_comparison.summary(at, joint="hip", indicator_id=INDICATOR),
    provider_notes.of_provider: lambda at, _to: provider_notes.of_provider(at, PROVIDER),
    provider_notes.table: lambda at, _to: provider_notes.table(at, PROVIDER),
    recovery_summaries.shown: lambda at, _to: [recovery_summaries.shown(at, Asked(one)) for one in Summary],
    reports.write: _report,
    review_case.case: lambda at, _to: [review_case.case(at, key) for key in _events(at)],
    review_queue.entries: lambda at, _to: review_queue.entries(at, review_queue.find(at, _QUEUE)),
    review_queue.find: lambda at, _to: review_queue.find(at, _QUEUE),
    review_queue.look: lambda at, _to: review_queue.look(at, _QUEUE, block_size=500),
    review_queue.open_queue: lambda at, _to: review_queue.open_queue(at, _QUEUE, block_size=500),
    summaries.survival: lambda at, _to: summaries.survival(at, by=["provider"], at=[365]),
    **{service: _of_waiting(service) for service in _OF_WAITING},
    waiting.state: lambda at, _to: [waiting.state(at, WaitingScope(), key) for key in WaitingKey],
    waiting.behind: lambda at, _to: waiting.behind(at, WaitingScope(), {}),
    undo_import.rests_on: lambda at, _to: undo_import.rests_on(at, _batches(at)[:1]),
}
"""How a service that has to be told more than the store is asked."""


def services() -> Iterator[Service]:
    """Give every service that takes a right."""
    for one in pkgutil.iter_modules(kvalitetsapp.services.__path__):
        module = importlib.import_module(f"kvalitetsapp.services.{one.name}")
        for value in vars(module).values():
            if inspect.isfunction(value) and hasattr(value, "needs") and value.__module__ == module.__name__:
                yield value


def name_of(service: Service) -> str:
    """Return what a service is called."""
    return f"{service.__module__.rpartition('.')[2]}.{service.__name__}"


def right_of(service: Service) -> Right:
    """Return the right that a service takes."""
    return service.needs  # type: ignore[attr-defined, no-any-return]


def call_of(service: Service) -> Call | None:
    """Return how a service is asked, None where that would have to be told."""
    told = list(inspect.signature(service).parameters.values())[1:]
    if service in CALLS:
        return CALLS[service]
    if any(one.default is one.empty for one in told):
        return None
    return lambda workspace, _folder: service(workspace)


def texts(value: object) -> Iterator[str]:
    """Give every text in a result, however deep it lies; numbers as texts too."""
    if isinstance(value, str | Path | int | float | Enum | bytes) or value is None:
        yield str(value)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from texts(key)
            yield from texts(held)
    elif hasattr(value, "to_dict"):
        yield from texts(value.to_dict("list"))
    elif isinstance(value, Iterable):
        for held in value:
            yield from texts(held)
    else:
        yield repr(value)
