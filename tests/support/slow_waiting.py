"""Waiting lists counted slowly and plainly, row by row, to hold the program against; it shares no code with it.

A row is a dict of texts under the names of the file's columns ("" for nothing), with days as dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, Any]
    Rows = Sequence[Row]
    Within = Mapping[str, str]

COUNTIES = {"05": "05", "5": "05", "Östergötlands län": "05", "08": "08", "Kalmar": "08"}
MUNICIPALITIES = {"0580": "0580", "580": "0580", "Linköping": "0580", "0581": "0581", "0880": "0880"}
AREAS = {"NFB": "Höftprotes", "NGB": "Knäprotes", "CJE": "Katarakt"}
MISSING = "missing"
LATE = 3


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def month_text(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def municipality(row: Row) -> str:
    told: str = row["municipality"]
    return MUNICIPALITIES.get(told, told)


def county(row: Row) -> str:
    told: str = row["county"]
    told = COUNTIES.get(told, told)
    return told or COUNTIES.get(municipality(row)[:2], "")


def area(row: Row) -> str:
    return AREAS.get(row["procedure_code"][:3], "")


KEYS: dict[str, Callable[[Row], str]] = {
    "county": county,
    "municipality": municipality,
    "area": area,
    "code": lambda row: str(row["procedure_code"]),
    "provider": lambda row: str(row["provider_id"]),
    "deviation": lambda row: str(row["deviation"]),
    "priority": lambda row: str(row["priority"]),
}


def key(row: Row, by: str) -> str:
    return KEYS[by](row) or MISSING


def days(row: Row) -> int | None:
    waited: int = (row["snapshot_on"] - row["decided_on"]).days
    return waited if waited >= 0 else None


def is_without(row: Row) -> bool:
    return row["deviation"] in ("none", "")


def is_in(row: Row, within: Within) -> bool:
    return all(key(row, by) == wanted for by, wanted in within.items())


def lists(rows: Rows) -> dict[tuple[str, int], list[Row]]:
    """Return the rows of the last list of each source and month."""
    found: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        found.setdefault((row["source"], month_of(row["snapshot_on"])), []).append(row)
    for place, some in found.items():
        last = max(row["snapshot_on"] for row in some)
        found[place] = [row for row in some if row["snapshot_on"] == last]
    return found


def of_month(rows: Rows, month: int) -> list[Row]:
    return [row for (_source, at), some in sorted(lists(rows).items()) if at == month for row in some]


def quantile(values: Sequence[int], part: float) -> float:
    place = (len(values) - 1) * part
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def figures(rows: Rows) -> dict[str, Any]:
    """Return counts, shares and days of some rows, as texts of one decimal where the program has them."""
    found: dict[str, Any] = {}
    for ending, some in (("", list(rows)), ("_without", [row for row in rows if is_without(row)])):
        waited = sorted(one for one in map(days, some) if one is not None)
        found[f"waiting{ending}"] = len(some)
        for limit in (90, 150):
            over = sum(one > limit for one in waited)
            found[f"over_{limit}{ending}"] = over
            found[f"over_{limit}{ending}_share"] = over / len(waited) if waited else None
        for name, part in (("p25", 0.25), ("median", 0.5), ("p75", 0.75)):
            found[name + ending] = f"{quantile(waited, part):.1f}" if waited else ""
        found[f"longest{ending}"] = waited[-1] if waited else None
    for name, word in (("mov", "mov"), ("pvv", "pvv"), ("no_deviation", "none"), ("missing", "")):
        found[name] = sum(row["deviation"] == word for row in rows)
        found[f"{name}_share"] = found[name] / len(rows) if rows else None
    return found


def year_of(population: Rows, day: date) -> int | None:
    """Return the last year that had ended on a day, the first that there is where none had."""
    years = sorted({int(row["year"]) for row in population})
    ended = [year for year in years if f"{year}-12-31" <= day.isoformat()]
    return ended[-1] if ended else next(iter(years), None)


def inhabitants(population: Rows, day: date) -> dict[str, int]:
    """Return persons by municipality in the year of a day."""
    year = year_of(population, day)
    found: dict[str, int] = {}
    for row in population:
        if row["year"] == year:
            found[row["municipality"]] = found.get(row["municipality"], 0) + row["persons"]
    return found


def rates(
    everyone: Rows, rows: Rows, within: Within, by: str, group: str, people: Mapping[str, int]
) -> dict[str, Any]:
    """Return what a group comes to per 100 000 inhabitants."""
    met = {county(row) for row in everyone} - {""}
    asked = {within["county"]} if "county" in within else met
    places = {one for one in people if one[:2] in asked}
    if "municipality" in within:
        places = {within["municipality"]} & set(people)
    counted = [
        row
        for row in rows
        if (municipality(row) in people if municipality(row) else county(row) in {one[:2] for one in people})
    ]
    if by == "county":
        places = {one for one in places if one[:2] == group}
    if by == "municipality":
        places &= {group}
    living = 0 if by == "provider" else sum(people[one] for one in places)
    without = [row for row in counted if is_without(row)]
    return {
        "in_rate": len(counted) if living else None,
        "population": living or None,
        "per_100k": f"{len(counted) * 100_000 / living:.1f}" if living else "",
        "per_100k_without": f"{len(without) * 100_000 / living:.1f}" if living else "",
    }


def state(rows: Rows, month: int, within: Within, by: str, population: Rows) -> dict[str, dict[str, Any]]:
    """Return the figures of each group of a month by its key."""
    everyone = of_month(rows, month)
    groups: dict[str, list[Row]] = {}
    for row in everyone:
        if is_in(row, within):
            groups.setdefault(key(row, by), []).append(row)
    people = inhabitants(population, max(row["snapshot_on"] for row in everyone))
    return {group: figures(some) | rates(everyone, some, within, by, group, people) for group, some in groups.items()}


def lacking(rows: Rows, within: Within) -> dict[str, dict[int, set[str]]]:
    """Return by month which sources of a scope lack their list, begin after the first, and are held for ended."""
    there = lists(rows)
    last = max(month for _source, month in there)
    found: dict[str, dict[int, set[str]]] = {"missing": {}, "begins": {}, "ended": {}}
    for source in sorted({row["source"] for some in there.values() for row in some if is_in(row, within)}):
        months = [month for name, month in there if name == source]
        found["begins"].setdefault(min(months), set()).add(source)
        until = last if last - max(months) <= LATE else max(months)
        if until < last:
            found["ended"].setdefault(until + 1, set()).add(source)
        for month in range(min(months), until + 1):
            if month not in months:
                found["missing"].setdefault(month, set()).add(source)
    return found


def series(rows: Rows, within: Within) -> dict[int, tuple[int, ...] | None]:
    """Return what each month comes to, None where it is a gap."""
    there = lists(rows)
    months = sorted({month for _source, month in there})
    lack = lacking(rows, within)
    sources = {row["source"] for some in there.values() for row in some if is_in(row, within)}
    spans = [month for source, month in there if source in sources]
    names = ("waiting", "waiting_without", "over_90", "over_90_without", "over_150", "over_150_without")
    found: dict[int, tuple[int, ...] | None] = {}
    for month in range(months[0], months[-1] + 1):
        told = month in months and month not in lack["missing"] and bool(spans) and min(spans) <= month
        told = told and not _all_ended(lack, sources, month)
        counts = figures([row for row in of_month(rows, month) if is_in(row, within)])
        found[month] = tuple(counts[name] for name in names) if told else None
    return found


def _all_ended(lack: Mapping[str, Mapping[int, set[str]]], sources: set[str], month: int) -> bool:
    gone = {one for at, some in lack["ended"].items() if at <= month for one in some}
    return gone == sources


def flows(rows: Rows, within: Within) -> dict[int, tuple[int, int, int, int] | None]:
    """Return by month who came, left, net changed into the scope, and came back; None where it cannot be told."""
    there, lack, told = lists(rows), lacking(rows, within), series(rows, within)
    broken = set(lack["missing"]) | {month + 1 for month in lack["missing"]} | set(lack["begins"]) | set(lack["ended"])
    found: dict[int, tuple[int, int, int, int] | None] = {}
    for month in told:
        if month in broken or told[month] is None or told.get(month - 1) is None:
            found[month] = None
            continue
        came = left = moved = back = 0
        for source in {name for name, _month in there}:
            now = {row["entry_id"]: row for row in there.get((source, month), ())}
            before = {row["entry_id"]: row for row in there.get((source, month - 1), ())}
            earlier = {
                row["entry_id"] for (name, at), some in there.items() if name == source and at < month for row in some
            }
            for entry, row in now.items():
                if entry not in before:
                    came += is_in(row, within)
                    back += is_in(row, within) and entry in earlier
                else:
                    moved += is_in(row, within) - is_in(before[entry], within)
            left += sum(is_in(row, within) for entry, row in before.items() if entry not in now)
        found[month] = (came, left, moved, back)
    return found


def findings(rows: Rows, month: int, within: Within, population: Rows) -> set[tuple[str, str, str, int]]:
    """Return what is amiss with the entries of a month: what, month, what it is about, how many."""
    those = [row for row in of_month(rows, month) if is_in(row, within)]
    told = month_text(month)
    day = max(row["snapshot_on"] for row in of_month(rows, month))
    people = inhabitants(population, day)
    found = {
        ("decided_after_snapshot", told, "", sum(days(row) is None for row in those)),
        (
            "decided_after_planned",
            told,
            "",
            sum(bool(row["planned_on"]) and row["decided_on"] > row["planned_on"] for row in those),
        ),
        ("no_deviation", told, "", sum(row["deviation"] == "" for row in those)),
        ("no_county", told, "", sum(county(row) == "" for row in those)),
        ("no_municipality", told, "", sum(municipality(row) == "" for row in those)),
    }
    for row in those:
        code, place = row["procedure_code"], municipality(row)
        if not area(row):
            found.add(("no_area", told, code, sum(one["procedure_code"] == code for one in those)))
        if people and place and place not in people:
            found.add(("no_population", told, place, sum(municipality(one) == place for one in those)))
    year = year_of(population, day)
    if year is None:
        found.add(("no_population", told, "", len(those)))
    else:
        ended = day.year if (day.month, day.day) == (12, 31) else day.year - 1
        if year != ended:
            found.add(("old_population", told, str(year), len(those)))
    return {one for one in found if one[3]} | _of_time(rows, month, within)


def _of_time(rows: Rows, last: int, within: Within) -> set[tuple[str, str, str, int]]:
    there, lack = lists(rows), lacking(rows, within)

    def entries(source: str, month: int) -> int:
        return sum(is_in(row, within) for row in there.get((source, month), ()))

    found = set()
    first = min(lack["begins"], default=0)
    for at in range(min(month for _source, month in there), last + 1):
        told = month_text(at)
        for source in lack["missing"].get(at, ()):
            before = max(month for name, month in there if name == source and month < at)
            found.add(("missing_month", told, source, entries(source, before)))
        found |= {("source_begins", told, one, entries(one, at)) for one in lack["begins"].get(at, ()) if at > first}
        found |= {("source_ended", told, one, entries(one, at - 1)) for one in lack["ended"].get(at, ())}
        back = changed = 0
        for source in {name for name, _month in there}:
            months = [month for name, month in there if name == source and month < at]
            if (source, at) not in there or not months:
                continue
            before_rows = {row["entry_id"]: row for row in there[source, max(months)]}
            earlier = {row["entry_id"] for month in months for row in there[source, month]}
            for row in there[source, at]:
                entry = row["entry_id"]
                if is_in(row, within):
                    back += entry in earlier and entry not in before_rows
                    changed += entry in before_rows and before_rows[entry]["decided_on"] != row["decided_on"]
        found |= {("returned", told, "", back)} if back else set()
        found |= {("decision_changed", told, "", changed)} if changed else set()
    return found
