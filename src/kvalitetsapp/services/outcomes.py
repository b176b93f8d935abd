"""Kvalitet: reoperations by provider with their funnel, and the operations behind a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.chart_data import FunnelLimit
from kvalitetsapp.domain.funnel import BEHIND, Funnel, FunnelPoint
from kvalitetsapp.domain.table import Row, Table
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, Joint, word
from kvalitetsapp.services import summaries
from kvalitetsapp.store import providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

_CURVE_POINTS: Final = 240
_ROOM: Final = 1.15  # the limits go on a little beyond the largest provider


def reoperations(
    workspace: Workspace,
    *,
    joint: str = Joint.HIP.value,
    within: int = DAYS_TWO_YEARS,
    as_of: date | None = None,
) -> Funnel:
    """Return a joint's providers by volume with the figures of `summary reoperations` (R9, R10)."""
    from kvalitetsapp.services import frames_of_store

    latest = frames_of_store.load(workspace).data_cut
    found = summaries.reoperations(workspace, by=("provider", "joint"), within=within, as_of=as_of)
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    rows = [row for row in found.records() if row["joint"] == joint]
    benchmark = next((row["benchmark"] for row in rows if row["benchmark"] is not None), None)
    target = _pooled(rows) if benchmark is None else float(benchmark)
    points = sorted((_point(row, names, target) for row in rows), key=lambda one: (-one.n, one.provider))
    return Funnel(
        joint, within, as_of or latest, latest, target, benchmark is not None, tuple(points), _limits(points, target)
    )


def operations_behind(workspace: Workspace, *, provider_id: str, joint: str, within: int, as_of: date | None) -> Table:
    """Return the operations of a provider behind its rate, those that were reoperated first."""
    from kvalitetsapp.analysis import frames, reoperated
    from kvalitetsapp.services import frames_of_store

    source = frames_of_store.load(workspace)
    cut = as_of or source.data_cut
    if cut is None:
        return Table(BEHIND)
    found = reoperated.operations(
        source.index_operations, source.links, joint=joint, provider_id=provider_id, as_of=cut, within=within
    )
    names = ("eligible", *(column.name for column in BEHIND if column.name != "followed"))
    rows = [_behind(dict(zip(names, row, strict=True))) for row in frames.rows(found, names)]
    rows.sort(key=lambda row: row[3] != _("Ja"))
    return Table(BEHIND, rows)


def _behind(told: dict[str, Any]) -> Row:
    made = {
        "followed": _("Ja") if told["eligible"] else _("Ännu inte"),
        "reoperated": (_("Ja") if told["reoperated"] else _("Nej")) if told["eligible"] else "",
        "complication_class": word("complication_class", told["complication_class"]) if told["reoperated"] else "",
        "status": word("status", told["status"]) if told["reoperated"] else "",
        "surgery_level": told["surgery_level"] or "",
    }
    values = told | made
    return tuple(values[column.name] if column.name == "days" else values[column.name] or "" for column in BEHIND)


def _point(row: Mapping[str, Value], names: Mapping[str, str], target: float | None) -> FunnelPoint:
    provider_id, n = str(row["provider_id"]), int(row["eligible"] or 0)
    return FunnelPoint(
        provider_id,
        names.get(provider_id, provider_id),
        int(row["operations"] or 0),
        n,
        int(row["reoperated"] or 0),
        _rate(row["rate"]),
        _rate(row["ci_low"]),
        _rate(row["ci_high"]),
        int(row["revised"] or 0),
        int(row["ambiguous"] or 0),
        str(row["flag"] or ""),
        _detectable(n, target),
    )


def _pooled(rows: list[dict[str, Value]]) -> float | None:
    eligible = sum(int(row["eligible"] or 0) for row in rows)
    return sum(int(row["reoperated"] or 0) for row in rows) / eligible if eligible else None


def _rate(value: Value) -> float | None:
    return None if value is None or value == "" else float(value)


def _detectable(n: int, target: float | None) -> float | None:
    from kvalitetsapp.analysis import detectable

    if not n or target is None:
        return None
    rate = float(detectable.smallest_rate(n, target))
    return rate if rate == rate else None  # noqa: PLR0124 - NaN is the number that is not itself


def _limits(points: list[FunnelPoint], target: float | None) -> tuple[FunnelLimit, ...]:
    from kvalitetsapp.analysis import frames, funnel

    largest = max((point.n for point in points), default=0)
    if not largest or target is None:
        return ()
    last = max(round(largest * _ROOM), 10)
    step = max(last // _CURVE_POINTS, 1)
    found = funnel.limit_curve(target, [*range(1, last, step), last])
    rows: Iterable[Any] = frames.rows(found, ("n", "pi95_low", "pi95_high", "pi998_low", "pi998_high"))
    return tuple(FunnelLimit(*row) for row in rows)
