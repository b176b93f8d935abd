"""The waiting-list report in DuckDB's SQL: grouping sets over the entries, one window over each entry's months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

_FILL: Final = """
CREATE TABLE entries AS
SELECT snapshot::DATE AS snapshot, (year(snapshot) * 12 + month(snapshot) - 1)::INTEGER AS month, entry, county,
    municipality, provider, code, deviation, priority, decided::DATE AS decided, planned::DATE AS planned
FROM given
"""
_LEVELS: Final = "GROUPING SETS ((month), (month, county), (month, area), (month, county, area))"
_SERIES: Final = f"""
SELECT month, county, area, count(*) AS waiting, count(*) FILTER (without) AS waiting_without,
    count(*) FILTER (days > 90) AS over_90, count(*) FILTER (days > 90 AND without) AS over_90_without,
    count(*) FILTER (days > 150) AS over_150, count(*) FILTER (days > 150 AND without) AS over_150_without
FROM (SELECT month, county, area, snapshot - decided AS days, deviation IN ('none', 'missing') AS without
    FROM entries JOIN areas USING (code))
GROUP BY {_LEVELS}
"""
# Joining every month to the next both ways at once takes DuckDB half of what anti joins do, and less than a window.
_HAPPENED: Final = """
CREATE OR REPLACE TEMP TABLE happened AS
SELECT coalesce(n.month, p.month + 1) AS month, coalesce(n.county, p.county) AS county,
    coalesce(n.code, p.code) AS code, n.entry AS entry, p.entry IS NULL AS came, n.entry IS NULL AS gone,
    n.decided - p.decided AS later
FROM entries n FULL JOIN entries p ON p.entry = n.entry AND p.month = n.month - 1
WHERE n.entry IS NULL OR p.entry IS NULL OR n.decided <> p.decided
"""
_MOVES: Final = f"""
SELECT month, county, area, count(*) FILTER (came) AS came, count(*) FILTER (gone) AS gone,
    count(*) FILTER (came AND month > first) AS again
FROM (SELECT *, min(month) FILTER (came) OVER (PARTITION BY entry) AS first FROM happened WHERE came OR gone)
JOIN areas USING (code)
WHERE month > (SELECT min(month) FROM entries) AND month <= (SELECT max(month) FROM entries)
GROUP BY {_LEVELS}
"""
_CHANGED: Final = """
SELECT month, count(*) AS changed, count(*) FILTER (later > 0) AS later, median(later) FILTER (later > 0) AS days
FROM happened WHERE NOT came AND NOT gone GROUP BY month
"""
_LAST: Final = """
CREATE OR REPLACE TEMP TABLE last AS
SELECT e.*, area, snapshot - decided AS days, deviation IN ('none', 'missing') AS without
FROM entries e JOIN areas USING (code) WHERE month = (SELECT max(month) FROM entries)
"""
_COUNTS: Final = frozenset(
    {
        *("waiting", "waiting_without", "mov", "pvv", "no_deviation", "missing", "over_90", "over_90_without"),
        *("over_150", "over_150_without", "longest", "longest_without"),
    }
)
_KEYS: Final = ("county", "area", "code", "provider", "deviation", "priority", "municipality")
_STATE: Final = """
SELECT {keys}, count(*) AS waiting, count(*) FILTER (without) AS waiting_without,
    count(*) FILTER (deviation = 'mov') AS mov, count(*) FILTER (deviation = 'pvv') AS pvv,
    count(*) FILTER (deviation = 'none') AS no_deviation, count(*) FILTER (deviation = 'missing') AS missing,
    count(*) FILTER (days > 90) AS over_90, count(*) FILTER (days > 90 AND without) AS over_90_without,
    count(*) FILTER (days > 150) AS over_150, count(*) FILTER (days > 150 AND without) AS over_150_without,
    quantile_cont(days, [0.25, 0.5, 0.75]) FILTER (days >= 0) AS quartiles,
    quantile_cont(days, [0.25, 0.5, 0.75]) FILTER (days >= 0 AND without) AS quartiles_without,
    max(days) FILTER (days >= 0) AS longest, max(days) FILTER (days >= 0 AND without) AS longest_without
FROM last GROUP BY {grouping}
"""
_CLASSES: Final = """
SELECT county, area, least(greatest(days - 1, 0) // 30, 24) AS class,
    count(*) AS n, count(*) FILTER (without) AS n_without
FROM last WHERE days >= 0 GROUP BY GROUPING SETS ((class), (class, county), (class, area), (class, county, area))
"""
_FOUND: Final = """
SELECT count(*) FILTER (days < 0) AS late, count(*) FILTER (planned < decided) AS after_planned,
    count(*) FILTER (deviation = 'missing') AS missing FROM last
"""
_NOTHING: Final = ""


def fill(database: duckdb.DuckDBPyConnection, frame: pd.DataFrame, areas: dict[str, str]) -> None:
    """Lay the entries and the areas of codes in tables."""
    database.register("given", frame)
    database.execute(_FILL)
    database.unregister("given")
    rows = ", ".join(f"('{code}', '{area}')" for code, area in areas.items())
    names = ", ".join(f"'{area}'" for area in dict.fromkeys(areas.values()))
    database.execute(f"CREATE TYPE area AS ENUM ({names})")
    database.execute("CREATE TABLE areas AS SELECT code, ''::VARCHAR AS area FROM entries LIMIT 0")
    database.execute(f"INSERT INTO areas VALUES {rows}")
    database.execute("ALTER TABLE areas ALTER area TYPE area")


def report(database: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """Work the whole report out."""
    database.execute(_LAST)
    database.execute(_HAPPENED)
    found = {
        name: _rows(database, sql) for name, sql in (("series", _SERIES), ("moves", _MOVES), ("changed", _CHANGED))
    }
    found["classes"], found["found"] = _rows(database, _CLASSES), _rows(database, _FOUND)
    for key in _KEYS:
        keys, sets = f"county, {key}", f"({key}), (county, {key})"
        if key == "county":
            keys, sets = "county", "(county)"
        elif key == "code":
            keys, sets = "county, area, code", "(code), (county, code), (area, code), (county, area, code)"
        found[key] = _rows(database, _STATE.format(keys=keys, grouping=f"GROUPING SETS ({sets})"))
    return found


def _rows(database: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = database.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def check(ours: Any, theirs: dict[str, list[dict[str, Any]]]) -> int:  # noqa: ANN401 - benchmarks.waiting.Report
    """Stop unless every row is the same in both, and return how many there are."""
    return sum((_states(ours, theirs), _times(ours, theirs), _classes(ours, theirs), _findings(ours, theirs)))


def _states(ours: Any, theirs: dict[str, list[dict[str, Any]]]) -> int:  # noqa: ANN401 - as `check`
    wanted = {}
    for key in _KEYS:
        for row in theirs[key]:
            county = _NOTHING if key == "county" else row.get("county") or _NOTHING
            area = (row.get("area") or _NOTHING) if key == "code" else _NOTHING
            wanted[county, area, key, row[key]] = row
    found = {(*place, key): record for place, rows in ours.states.items() for key, record in rows}
    found = {place: record for place, record in found.items() if not (place[0] and place[2] == "county")}
    if found.keys() != wanted.keys():
        raise AssertionError(sorted(found.keys() ^ wanted.keys())[:5])
    for place, row in wanted.items():
        _same(place, found[place], row)
    return len(wanted)


def _same(place: tuple[str, ...], record: dict[str, Any], row: dict[str, Any]) -> None:
    """Stop unless a group's figures are the same in both."""
    counts = {name: value for name, value in row.items() if name in _COUNTS}
    if any(record[name] != value for name, value in counts.items()):
        raise AssertionError(f"{place}: {record} {row}")
    for ending in ("", "_without"):
        told = [record[f"{name}{ending}"] for name in ("p25", "median", "p75")]
        quartiles = row[f"quartiles{ending}"]
        if told != (["", "", ""] if quartiles is None else [f"{value:.1f}" for value in quartiles]):
            raise AssertionError(f"{place}: {told} {quartiles}")


def _times(ours: Any, theirs: dict[str, list[dict[str, Any]]]) -> int:  # noqa: ANN401 - as `check`
    series = {
        (row["county"] or _NOTHING, row["area"] or _NOTHING, _month(row["month"])): row for row in theirs["series"]
    }
    moves = {
        (row["county"] or _NOTHING, row["area"] or _NOTHING, _month(row["month"])): row for row in theirs["moves"]
    }
    rows = 0
    for place, time in ours.times.items():
        for told, flow in zip(time.series, time.flows, strict=True):
            row = series[*place, told[0]]
            if list(told[2:]) != list(row.values())[3:]:
                raise AssertionError(f"{place} {told} {row}")
            if flow[2] is not None:
                moved = moves.get((*place, told[0]), {"came": 0, "gone": 0, "again": 0})
                if (flow[2], flow[3], flow[7]) != (moved["came"], moved["gone"], moved["again"]):
                    raise AssertionError(f"{place} {flow} {moved}")
            rows += 2
    return rows


def _classes(ours: Any, theirs: dict[str, list[dict[str, Any]]]) -> int:  # noqa: ANN401 - as `check`
    wanted = {
        (row["county"] or _NOTHING, row["area"] or _NOTHING, row["class"]): (row["n"], row["n_without"])
        for row in theirs["classes"]
    }
    found = {
        (*place, at): (every[at], without[at])
        for place, (every, without) in ours.classes.items()
        for at in range(len(every))
        if every[at]
    }
    if found != wanted:
        raise AssertionError(sorted(found.items() ^ wanted.items())[:5])
    return len(wanted)


def _findings(ours: Any, theirs: dict[str, list[dict[str, Any]]]) -> int:  # noqa: ANN401 - as `check`
    found = {(one.found.value, one.month): one.entries for one in ours.findings}
    (row,) = theirs["found"]
    last = max(month for _name, month in found)
    told = [found.get((name, last), 0) for name in ("decided_after_snapshot", "decided_after_planned", "no_deviation")]
    changed = {_month(row["month"]): row["changed"] for row in theirs["changed"]}
    if told != list(row.values()) or changed != {
        month: n for (name, month), n in found.items() if name == "decision_changed"
    }:
        raise AssertionError(f"{told} {row}")
    return len(changed) + 1


def _month(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
