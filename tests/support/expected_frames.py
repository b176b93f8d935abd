"""The frames of R9–R16 of an example county, from its raw files and its expected operations and links.

Only what these rules need is read, and only as well as the examples need it: the import has its own tests.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from kvalitetsapp.analysis import frames
from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty
from support.examples import expected_rows, files_of

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]
_TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class CountyFrames:
    """What the functions of R9–R16 take, of one county."""

    index_operations: pd.DataFrame
    links: pd.DataFrame
    episodes: pd.DataFrame
    persons: pd.DataFrame
    providers: pd.DataFrame
    benchmarks: pd.DataFrame
    agreements: tuple[Agreement, ...]
    as_of: date


@cache
def county_frames(county: str) -> CountyFrames:
    """Read a county; the data cut is its latest `discharged`."""
    raw: dict[str, list[Row]] = {}
    agreements: tuple[Agreement, ...] = ()
    for kind, path, profile in files_of(county):
        if kind == "agreements":
            agreements = _agreements(path)
        else:
            raw.setdefault(kind, []).extend(_rows(path, profile))
    providers = [row for row in raw["providers"] if row["kind"] in {"own", "private", "public"} and row["name"]]
    episodes = _episodes(raw["episodes"], {row["provider_id"] for row in providers})
    people = _People(raw["aliases"])
    numbers = {ref: number for number, ref in enumerate(episodes)}
    return CountyFrames(
        _index_operations(county, episodes, numbers, people),
        _links(county, episodes, numbers, people),
        _episode_frame(episodes, numbers, people),
        _persons(raw["persons"], people),
        frames.frame(frames.PROVIDERS, _columns(providers, frames.PROVIDERS)),
        _benchmarks(raw["benchmarks"]),
        agreements,
        max(date.fromisoformat(row["discharged"]) for row in episodes.values()),
    )


def _rows(path: Path, profile: Path | None) -> list[Row]:
    words: dict[str, Any] = tomllib.loads(profile.read_text(encoding="utf-8")) if profile else {}
    with path.open(encoding=words.get("encoding", "utf-8-sig"), newline="") as file:
        found = list(csv.DictReader(file, delimiter=";"))
    return [_canonical(row, words) for row in found]


def _canonical(row: Row, words: dict[str, Any]) -> Row:
    if not words:
        return {name: value.strip() for name, value in row.items()}
    result: Row = dict(words.get("constants", {}))
    for name, header in words["columns"].items():
        headers = [header] if isinstance(header, str) else header
        value = " ".join(row[one].strip() for one in headers if row[one].strip())
        value = words.get("values", {}).get(name, {}).get(value, value)
        result[name] = re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", value) if _is_date(name) else value
    return result


def _is_date(name: str) -> bool:
    return name in {"admitted", "discharged", "procedure_date", "birth_date", "death_date", "moved_out", "reviewed_on"}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _ore(text: str) -> int | None:
    """An amount as öre, None for one that is not to be read."""
    plain = re.sub("[ \u00a0\u202f]", "", text)
    return int(Decimal(plain.replace(",", ".")) * 100) if re.fullmatch(r"\d+([.,]\d\d?)?", plain) else None


def _episodes(rows: list[Row], providers: set[str]) -> dict[str, Row]:
    kept: dict[str, Row] = {}
    for row in rows:
        ref = f"{row['source']}/{row['episode_id']}"
        if _is_let_in(row, providers):
            old = kept.get(ref, {})
            kept[ref] = old | {name: value for name, value in row.items() if value or name not in old}
    return kept


def _is_let_in(row: Row, providers: set[str]) -> bool:
    days = [_day(row[name]) for name in ("admitted", "discharged")]
    return (
        row["provider_id"] in providers
        and row["care_form"] in {"inpatient", "outpatient"}
        and bool(row["episode_id"] and row["payer_route"] and row["personal_id"])
        and row["payer_route"] in {"own", "contract", "choice_of_care", "riksavtal", "care_guarantee", "other"}
        and all(not row[name] or _ore(row[name]) is not None for name in ("cost", "price") if name in row)
        and days[0] is not None
        and days[1] is not None
        and days[0] <= days[1] <= _TODAY
        and (not row["procedure_date"] or _day(row["procedure_date"]) is not None)
        and _number(row["personal_id"], days[0]) is not None
    )


def _number(text: str, day: date = _TODAY) -> str | None:
    """A personal number in its long form, a reservnummer as it is, None for one that cannot be."""
    text = text.replace(" ", "").upper()
    if short := re.fullmatch(r"(\d\d)(\d{4})([-+])(\d{4})", text):
        year = day.year - (day.year - int(short[1])) % 100 - (100 if short[3] == "+" else 0)
        return f"{year}{short[2]}{short[4]}" if _luhn(short[1] + short[2] + short[4]) else None
    text = text.replace("-", "")
    if re.fullmatch(r"(18|19|20)\d{10}", text):
        return text if _luhn(text[2:]) and _birth(text) else None
    return text if re.fullmatch(r"[A-ZÅÄÖ0-9]{6,15}", text) else None


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _birth(number: str) -> date | None:
    if not re.fullmatch(r"(18|19|20)\d{10}", number):
        return None
    day = int(number[6:8])
    return _day(f"{number[:4]}-{number[4:6]}-{day - 60 if day > 60 else day:02d}")


class _People:
    """Numbers for persons, aliases resolved."""

    def __init__(self, aliases: list[Row]) -> None:
        self._same: dict[str, str] = {}
        self._found: dict[str, int] = {}
        for row in aliases:
            old, new = _number(row["personal_id"]), _number(row["same_as"])
            if old and new:
                self._same[old] = new

    def current(self, text: str, day: date = _TODAY) -> str:
        number = _number(text, day) or ""
        while number in self._same:
            number = self._same[number]
        return number

    def person(self, number: str) -> int:
        return self._found.setdefault(number, len(self._found))

    def everyone(self) -> list[tuple[str, int]]:
        return list(self._found.items())


def _of_episode(row: Row, people: _People) -> int:
    return people.person(people.current(row["personal_id"], date.fromisoformat(row["admitted"])))


def _index_operations(county: str, episodes: dict[str, Row], numbers: dict[str, int], people: _People) -> pd.DataFrame:
    rows = expected_rows(county, "list_index-operations")
    refs = [row["index_ref"].rsplit("/", 2)[0] for row in rows]
    frame = pd.DataFrame(rows).drop(columns="agreement_id")
    frame["operated_on"] = frame["operated_on"].astype("datetime64[s]")
    frame[["joint", "side"]] = frame[["joint", "side"]].astype("category")
    return frame.assign(
        operation=range(len(rows)),
        episode=[numbers[ref] for ref in refs],
        person=[_of_episode(episodes[ref], people) for ref in refs],
    )


def _links(county: str, episodes: dict[str, Row], numbers: dict[str, int], people: _People) -> pd.DataFrame:
    rows = expected_rows(county, "list_links")
    place = {row["index_ref"]: number for number, row in enumerate(expected_rows(county, "list_index-operations"))}
    frame = pd.DataFrame(rows)
    for name in ("event_date", "operated_on"):
        frame[name] = frame[name].replace("", None).astype("datetime64[s]")
    frame["days"] = pd.Series([int(row["days"]) if row["days"] else None for row in rows], dtype="Int64")
    for name in ("joint", "side", "status", "complication_class", "surgery_level"):
        frame[name] = frame[name].astype("category")
    return frame.assign(
        episode=[numbers[row["event_ref"]] for row in rows],
        person=[_of_episode(episodes[row["event_ref"]], people) for row in rows],
        operation=[place.get(row["index_ref"], -1) for row in rows],
    )


def _episode_frame(episodes: dict[str, Row], numbers: dict[str, int], people: _People) -> pd.DataFrame:
    rows = [
        {**row, "episode": numbers[ref], "episode_ref": ref, "person": _of_episode(row, people)}
        for ref, row in episodes.items()
    ]
    columns: dict[str, list[Any]] = {name: [row.get(name, "") for row in rows] for name in frames.EPISODES}
    columns |= {name: [None] * len(rows) for name in ("drg_weight", "drg_price", "manual_cost")}
    columns["cost"] = [_ore(text) if text else None for text in columns["cost"]]
    return frames.frame(frames.EPISODES, columns)


def _persons(rows: list[Row], people: _People) -> pd.DataFrame:
    kept: dict[str, Row] = {}
    for own in (False, True):  # the current number's row after its aliases': its values stand
        for row in rows:
            born = _day(row["birth_date"])
            age = 100 if "+" in row["personal_id"] else 1
            number = _number(row["personal_id"], date(born.year + age, 1, 1) if born else _TODAY)
            dates = [row[name] for name in ("birth_date", "death_date", "moved_out")]
            fine = all(not text or _day(text) for text in dates) and row["sex"] in {"", "male", "female"}
            if number and fine and (people.current(number) == number) == own:
                filled = {name: value for name, value in row.items() if value}
                kept[people.current(number)] = kept.get(people.current(number), {}) | filled
    result = []
    for number, person in people.everyone():
        row = kept.get(number, {})
        birth = _birth(number)
        from_number = {"sex": "male" if int(number[10]) % 2 else "female", "birth_date": str(birth)} if birth else {}
        result.append({"person": person, **from_number, **row})
    columns = {name: [row.get(name, "") for row in result] for name in frames.PERSONS}
    return frames.frame(frames.PERSONS, columns)


def _benchmarks(rows: list[Row]) -> pd.DataFrame:
    plain = [row | {"value": row["value"].replace(",", ".")} for row in rows]
    return frames.frame(frames.BENCHMARKS, _columns(plain, frames.BENCHMARKS))


def _columns(rows: list[Row], shape: dict[str, str]) -> dict[str, list[str]]:
    return {name: [row[name] for row in rows] for name in shape}


def _agreements(path: Path) -> tuple[Agreement, ...]:
    kept: list[Agreement] = []
    for one in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["agreement"]:
        agreement = _agreement(one)
        if not any(agreement.overlaps(other) for other in kept):
            kept.append(agreement)
    return tuple(kept)


def _agreement(one: dict[str, Any]) -> Agreement:
    tariff = {name: int(amount * 100) for name, amount in one.get("tariff", {}).items()}
    warranties = [Warranty(tuple(w["classes"]), w["days"], w.get("onset_within_days")) for w in one["warranty"]]
    return Agreement(
        agreement_id=one["id"],
        name=one["name"],
        providers=tuple(one["providers"]),
        joints=tuple(one["joints"]),
        payer_routes=tuple(one["payer_routes"]),
        valid_from=one["valid_from"],
        valid_to=one.get("valid_to"),
        cap=int(one["cap"] * 100),
        cap_scope=one["cap_scope"],
        deductible=int(one["deductible"] * 100),
        cost_basis=tuple(one["cost_basis"]),
        warranties=tuple(warranties),
        tariff=Tariff(**tariff),
    )
