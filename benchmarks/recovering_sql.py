"""R12–R15 and their sums in DuckDB's SQL: one window for the onset, one for shared stays, one for the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from kvalitetsapp.domain.agreement import ANY_CLASS
from kvalitetsapp.domain.words import ComplicationClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.agreement import Agreement, Warranty

_MOST_WARRANTIES: Final = 2
_NEVER: Final = 1 << 40
_FOREVER: Final = "2100-01-01"

BASIS: Final = """
CREATE OR REPLACE TABLE basis AS
WITH events AS (
    SELECT
        l.episode, l.event_ref, l.joint, l.side, l.event_date, l.days, l.status, l.complication_class, l.operation,
        o.index_ref, o.provider_id, o.joint AS index_joint, a.*,
        s.care_form, s.cost AS own_cost,
        greatest(1, date_diff('day', s.admitted, s.discharged)) AS stayed,
        l.status = 'confirmed' AS counts,
        own.kind = 'own' AS at_own,
        min(CASE WHEN l.status = 'confirmed' THEN l.days END)
            OVER (PARTITION BY l.operation, l.complication_class) AS onset
    FROM links l
    JOIN operations o USING (operation)
    JOIN providers p ON p.provider_id = o.provider_id AND p.kind <> 'own'
    JOIN episodes s ON s.episode = l.episode
    JOIN providers own ON own.provider_id = l.event_provider_id
    LEFT JOIN matches m ON m.provider_id = o.provider_id AND m.joint = o.joint AND m.payer_route = o.payer_route
        AND o.operated_on BETWEEN m.valid_from AND m.valid_to
    LEFT JOIN agreements a ON a.place = m.place
), told AS (
    SELECT e.* EXCLUDE (place), CASE
        WHEN NOT counts AND status = 'proposed' THEN 'not_confirmed'
        WHEN status = 'ambiguous' THEN 'ambiguous'
        WHEN status = 'rejected' THEN 'rejected'
        WHEN e.place IS NULL THEN 'no_agreement'
        WHEN NOT at_own THEN 'not_own_provider'
        WHEN w.days_1 IS NULL THEN 'class_not_covered'
        WHEN NOT (days <= w.days_1 OR days <= w.days_2) THEN 'outside_window'
        WHEN NOT ((days <= w.days_1 AND onset <= w.onset_1) OR (days <= w.days_2 AND onset <= w.onset_2))
            THEN 'onset_outside'
        ELSE '' END AS reason,
        CASE care_form
            WHEN 'inpatient' THEN stayed * inpatient_day WHEN 'outpatient' THEN outpatient_visit END AS by_tariff
    FROM events e LEFT JOIN warranties w ON w.place = e.place AND w.complication_class = e.complication_class
), shared AS (
    SELECT *,
        CASE WHEN counts THEN row_number() OVER (
            PARTITION BY episode, counts ORDER BY reason <> '', joint, side) ELSE 1 END > 1 AS is_shared
    FROM told
), priced AS (
    SELECT *,
        CASE WHEN is_shared THEN 0 WHEN tariff_first THEN coalesce(by_tariff, own_cost)
            WHEN has_tariff THEN coalesce(own_cost, by_tariff) ELSE own_cost END AS cost,
        CASE WHEN is_shared THEN 'shared'
            WHEN tariff_first AND by_tariff IS NOT NULL THEN 'tariff'
            WHEN own_cost IS NOT NULL THEN 'kpp'
            WHEN has_tariff AND by_tariff IS NOT NULL THEN 'tariff' ELSE '' END AS cost_basis
    FROM shared
), costs AS (
    SELECT *, CASE WHEN reason = '' THEN coalesce(cost, 0) ELSE 0 END AS drawing FROM priced
), running AS (
    SELECT *, sum(drawing) OVER (
        PARTITION BY operation ORDER BY event_date, event_ref, joint, side ROWS UNBOUNDED PRECEDING
    )::BIGINT AS run FROM costs
), ledger AS (
    SELECT *,
        least(run, deductible) - least(run - drawing, deductible) AS taken,
        least(greatest(run - deductible, 0), cap) AS drawn_so_far,
        least(greatest(run - drawing - deductible, 0), cap) AS drawn_before
    FROM running
), drawn AS (
    SELECT *, CASE WHEN each_alone THEN least(drawing - taken, cap) ELSE drawn_so_far - drawn_before END AS claimable
    FROM ledger
)
SELECT
    index_ref, provider_id, coalesce(agreement_id, '') AS agreement_id, event_ref, event_date, days,
    complication_class, status, (reason = '')::TINYINT AS covered, reason, cost, cost_basis,
    coalesce(claimable, 0) AS claimable,
    cap - CASE WHEN each_alone THEN claimable ELSE drawn_so_far END AS cap_left,
    operation, episode, joint, side, index_joint, counts, cap, coalesce(taken, 0) AS deductible,
    coalesce(drawing - taken - claimable, drawing) AS over_cap
FROM drawn ORDER BY
    index_ref, event_ref, event_date, complication_class::VARCHAR, status::VARCHAR, covered, reason,
    cost NULLS FIRST, cost_basis, claimable, cap_left NULLS FIRST, joint, side
"""

_SUMMARY: Final = """
SELECT {key}, count(DISTINCT operation) AS cases, count(*) AS events,
    coalesce(sum(cost), 0)::BIGINT AS cost_total,
    coalesce(sum(cost) FILTER (covered = 1), 0)::BIGINT AS covered_cost,
    coalesce(sum(cost) FILTER (covered = 0), 0)::BIGINT AS not_covered_cost,
    count(*) FILTER (covered = 1 AND cost IS NULL) AS missing_cost_events,
    sum(over_cap)::BIGINT AS over_cap, sum(claimable)::BIGINT AS claimable,
    sum(claimable)::BIGINT AS uncollected
FROM basis WHERE counts GROUP BY 1 ORDER BY 1
"""
SUMMARIES: Final = {
    "provider": _SUMMARY.format(key="provider_id"),
    "year": _SUMMARY.format(key="year(event_date) AS year"),
}


def terms_of(agreements: Sequence[Agreement]) -> dict[str, pd.DataFrame]:
    """Return the terms as DuckDB gets them: whose operations match, the amounts, and days and onset by class."""
    return {
        "matches": pd.DataFrame(
            [
                (
                    provider,
                    joint,
                    route,
                    place,
                    pd.Timestamp(one.valid_from),
                    pd.Timestamp(one.valid_to or "2100-01-01"),
                )
                for place, one in enumerate(agreements)
                for provider in one.providers
                for joint in one.joints
                for route in one.payer_routes
            ],
            columns=["provider_id", "joint", "payer_route", "place", "valid_from", "valid_to"],
        ),
        "agreements": pd.DataFrame([_amounts(place, one) for place, one in enumerate(agreements)]),
        "warranties": pd.DataFrame(
            [
                _by_class(place, word.value, one.warranties)
                for place, one in enumerate(agreements)
                for word in ComplicationClass
                if word.value not in one.exclusions and _listing(word.value, one.warranties)
            ]
        ),
    }


def _amounts(place: int, one: Agreement) -> dict[str, object]:
    return {
        "place": place,
        "agreement_id": one.agreement_id,
        "cap": one.cap,
        "deductible": one.deductible,
        "each_alone": one.cap_scope == "episode",
        "tariff_first": one.cost_basis[0] == "tariff",
        "has_tariff": "tariff" in one.cost_basis,
        "inpatient_day": one.tariff.inpatient_day,
        "outpatient_visit": one.tariff.outpatient_visit,
    }


def _listing(word: str, warranties: Sequence[Warranty]) -> list[Warranty]:
    return [one for one in warranties if word in one.classes or ANY_CLASS in one.classes]


def _by_class(place: int, word: str, warranties: Sequence[Warranty]) -> dict[str, object]:
    """Return the warranties of a class side by side, -1 days where there are no more."""
    found: dict[str, object] = {"place": place, "complication_class": word}
    listed = _listing(word, warranties)
    for number in range(_MOST_WARRANTIES):
        one = listed[number] if number < len(listed) else None
        limit = None if one is None else one.onset_within_days
        found[f"days_{number + 1}"] = -1 if one is None else one.days
        found[f"onset_{number + 1}"] = _NEVER if limit is None else limit
    return found
