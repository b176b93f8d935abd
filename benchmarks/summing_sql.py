"""R9–R11 in DuckDB's SQL: one join into facts, one count per set of keys and window, windows for the curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLES: Final = {
    "operations": "SELECT * REPLACE (operated_on::DATE AS operated_on) FROM given",
    "links": "SELECT * FROM given",
    "persons": """SELECT * REPLACE (
        birth_date::DATE AS birth_date, death_date::DATE AS death_date, moved_out::DATE AS moved_out) FROM given""",
}
AGE_GROUPS: Final = "CREATE TYPE age_group AS ENUM ('', '<55', '55-64', '65-74', '75-84', '85+')"

FACTS: Final = """
CREATE OR REPLACE TEMP TABLE facts AS
WITH events AS (
    SELECT operation,
        min(days) FILTER (counts AND is_open) AS reoperated,
        min(days) FILTER (counts AND surgery_level = 'revision') AS revised,
        min(days) FILTER (status = 'ambiguous' AND is_open) AS ambiguous
    FROM (
        SELECT operation, days, status, surgery_level, status IN ('proposed', 'confirmed') AS counts,
            surgery_level IN ('revision', 'reoperation') AS is_open
        FROM links WHERE days >= 0)
    GROUP BY operation
)
SELECT o.provider_id, o.joint, o.payer_route, year(o.operated_on) AS year, coalesce(p.sex, '') AS sex,
    CASE WHEN p.birth_date IS NULL THEN '' WHEN age < 55 THEN '<55' WHEN age < 65 THEN '55-64'
        WHEN age < 75 THEN '65-74' WHEN age < 85 THEN '75-84' ELSE '85+' END::age_group AS age_group,
    $cut::DATE - o.operated_on AS followed, e.reoperated, e.revised, e.ambiguous,
    CASE WHEN p.death_date >= o.operated_on THEN p.death_date - o.operated_on END AS died,
    CASE WHEN p.moved_out >= o.operated_on THEN p.moved_out - o.operated_on END AS moved
FROM operations o LEFT JOIN persons p USING (person) LEFT JOIN events e USING (operation),
    LATERAL (SELECT year(o.operated_on) - year(p.birth_date) - (
        month(o.operated_on) * 100 + day(o.operated_on) < month(p.birth_date) * 100 + day(p.birth_date)
    )::INT AS age)
WHERE o.operated_on <= $cut
"""

KEYS: Final = {
    ("provider", "joint"): ("provider_id", "joint"),
    ("joint", "year"): ("joint", "year"),
    ("sex", "age_group"): ("sex", "age_group"),
    ("payer_route",): ("payer_route",),
}
_COUNTED: Final = """
    count(*) FILTER (followed >= {within}) AS eligible_{within},
    count(*) FILTER (followed >= {within} AND reoperated <= {within}) AS reoperated_{within},
    count(*) FILTER (followed >= {within} AND revised <= {within}) AS revised_{within},
    count(*) FILTER (followed >= {within} AND ambiguous <= {within}) AS ambiguous_{within}"""
_COUNTS: Final = "SELECT {keys}, count(*) AS operations, {counted} FROM facts GROUP BY ALL ORDER BY ALL"

FOLLOWED: Final = """
SELECT provider_id, joint, least(revised, died, moved, followed) AS time,
    CASE WHEN revised <= least(died, moved, followed) THEN 1 WHEN died <= least(moved, followed) THEN 2 ELSE 0 END
        AS status
FROM facts
"""
CURVES: Final = f"""
WITH happened AS (
    SELECT provider_id, joint, least(time, $last + 1) AS time, count(*) AS gone,
        count(*) FILTER (status = 1 AND time <= $last) AS events,
        count(*) FILTER (status = 2 AND time <= $last) AS deaths
    FROM ({FOLLOWED}) followed GROUP BY provider_id, joint, least(time, $last + 1)
), risk AS (
    SELECT *, sum(gone) OVER (PARTITION BY provider_id, joint ORDER BY time DESC) AS at_risk FROM happened
), terms AS (
    SELECT *, sum(ln(1 - (events + deaths) / at_risk)) FILTER (events + deaths < at_risk) OVER w AS log_alive,
        sum(ln(1 - events / at_risk)) FILTER (events < at_risk) OVER w AS log_free,
        coalesce(sum(events / (at_risk * (at_risk - events))) FILTER (events < at_risk) OVER w, 0) AS greenwood,
        bool_or(events = at_risk) OVER w AS none_free,
        bool_or(events + deaths = at_risk) OVER w AS none_alive
    FROM risk WINDOW w AS (PARTITION BY provider_id, joint ORDER BY time)
), curve AS (
    SELECT *, CASE WHEN none_free THEN 0 ELSE exp(coalesce(log_free, 0)) END AS survival,
        sum(events / at_risk * coalesce(alive_before, 1)) OVER (PARTITION BY provider_id, joint ORDER BY time)
            AS incidence
    FROM (
        SELECT *, lag(CASE WHEN none_alive THEN 0 ELSE exp(coalesce(log_alive, 0)) END)
            OVER (PARTITION BY provider_id, joint ORDER BY time) AS alive_before
        FROM terms)
), asked AS (
    SELECT provider_id, joint, time_days, sum(gone)::BIGINT AS operations,
        coalesce(arg_min(at_risk, time) FILTER (time >= time_days), 0)::BIGINT AS at_risk,
        coalesce(sum(events) FILTER (time <= time_days), 0)::BIGINT AS events,
        coalesce(sum(deaths) FILTER (time <= time_days), 0)::BIGINT AS deaths,
        coalesce(arg_max(survival, time) FILTER (time <= time_days), 1) AS s,
        coalesce(arg_max(greenwood, time) FILTER (time <= time_days), 0) AS variance,
        coalesce(arg_max(incidence, time) FILTER (time <= time_days), 0) AS cif
    FROM curve, (SELECT unnest($at) AS time_days) GROUP BY ALL
)
SELECT provider_id, joint, time_days, operations, at_risk, events, deaths, 1 - s AS km,
    CASE WHEN s > 0 AND s < 1 THEN 1 - exp(ln(s) / spread) END AS km_low,
    CASE WHEN s > 0 AND s < 1 THEN 1 - exp(ln(s) * spread) END AS km_high, cif
FROM (SELECT *, CASE WHEN s > 0 AND s < 1 THEN exp(1.959963984540054 * sqrt(variance) / abs(ln(s))) END AS spread
    FROM asked)
ORDER BY provider_id, joint, time_days
"""


def counts(windows: Sequence[int]) -> list[tuple[tuple[str, ...], str]]:
    """Return each set of keys with the statement that counts within all `windows` in one go over the facts."""
    counted = ",".join(_COUNTED.format(within=within) for within in windows)
    return [(keys, _COUNTS.format(keys=", ".join(keys), counted=counted)) for keys in KEYS.values()]
