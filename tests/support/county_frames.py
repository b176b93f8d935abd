"""An example county as the frames of `analysis`, read by a small, slow loader that shares nothing with the importer.

It trusts the county's own account: rows that `expected/import.json` lists as rejected are left out, nothing else is
checked. What it must get right is identity (centuries, aliases), corrections, and the cells of mapping profiles.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from kvalitetsapp.analysis import frames
from kvalitetsapp.domain.words import CareForm, PayerRoute
from support import examples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

Row = dict[str, str]
PROVIDERS = ("OSD", "OSM", "OSI", *(f"P0{n}" for n in range(1, 9)), "U01", "U02")
AMOUNT = re.compile(r"|\d+(?:[.,]\d{1,2})?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?")
LAST_DAY = date(2026, 12, 31)
DATES = ("admitted", "discharged", "procedure_date", "performed_on", "reviewed_on")


@dataclass(frozen=True, slots=True)
class CountyFrames:
    """What linking needs of a county, and which number of the store each provider's episode would have."""

    episodes: pd.DataFrame
    details: pd.DataFrame
    verdicts: pd.DataFrame
    pins: pd.DataFrame


@cache
def county_frames(county: str) -> CountyFrames:
    """Return the frames of an example county after all its files are in."""
    rows: dict[str, list[Row]] = {kind: [] for kind in ("episodes", "procedures", "aliases", "verdicts")}
    for kind, path, profile in examples.files_of(county):
        if kind in rows:
            rows[kind] += _accepted_rows(county, path, profile)
    episodes = _corrected(rows["episodes"], ("source", "episode_id"))
    persons = _persons(episodes, rows["aliases"])
    numbers = {ref: number for number, ref in enumerate(episodes, start=101)}
    return CountyFrames(
        episodes=_episodes_frame(episodes, persons, numbers),
        details=_details_frame(rows["procedures"], numbers),
        verdicts=_verdicts_frame(rows["verdicts"], numbers),
        pins=frames.frame(frames.PINS, {name: [] for name in frames.PINS}),
    )


def _accepted_rows(county: str, path: Path, profile: Path | None) -> Iterator[Row]:
    """Give the rows to let in: by row number where the account has the file, else (two exports) by their looks."""
    account = next((a for a in examples.expected_import(county) if a["file"] == path.name), None)
    rejected = {reject["row"] for reject in account["rejects"]} if account else set()
    words = tomllib.loads(profile.read_text(encoding="utf-8")) if profile else {}
    with path.open(encoding=words.get("encoding", "utf-8-sig"), newline="") as file:
        for number, cells in enumerate(csv.DictReader(file, delimiter=";"), start=2):
            row = _canonical(cells, words)
            if number not in rejected and (account or not _plainly_wrong(row)):
                yield _dates_read(row, words.get("date_format", "%Y-%m-%d"))


def _plainly_wrong(row: Row) -> bool:
    """Tell whether an exported episode has a fault of the kinds that the account lists."""
    required = ("episode_id", "personal_id", "provider_id", "payer_route", "care_form", "admitted", "discharged")
    return (
        not all(row[name] for name in required)
        or not (_is_date(row["admitted"]) and _is_date(row["discharged"]) and row["admitted"] <= row["discharged"])
        or (row["procedure_date"] != "" and not _is_date(row["procedure_date"]))
        or not _is_identity(row["personal_id"])
        or row["provider_id"] not in PROVIDERS
        or row["care_form"] not in tuple(CareForm)
        or row["payer_route"] not in tuple(PayerRoute)
        or not all(AMOUNT.fullmatch(row.get(name, "")) for name in ("cost", "price"))
    )


def _is_date(text: str) -> bool:
    try:
        return datetime.strptime(text, "%Y%m%d").date() <= LAST_DAY  # noqa: DTZ007
    except ValueError:
        return False


def _is_identity(number: str) -> bool:
    """Tell whether a number is a reservnummer or twelve (ten) digits with a possible day and a right check digit."""
    digits = number.replace("-", "").replace("+", "")
    if not digits.isdigit() or not (len(digits) == 10 or digits[:2] in {"18", "19", "20"}):
        return digits.isalnum()
    ten = digits[-10:]
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(ten))
    try:
        date(2000, int(ten[2:4]), int(ten[4:6]) % 60)
    except ValueError:
        return False
    return total % 10 == 0


def _canonical(cells: Row, words: dict[str, Any]) -> Row:
    if not words:
        return {name: (value or "").strip() for name, value in cells.items() if name}
    row = dict(words.get("constants", {}))
    for name, headers in words["columns"].items():
        values = [cells[h].strip() for h in ([headers] if isinstance(headers, str) else headers)]
        text = " ".join(value for value in values if value)
        row[name] = words.get("values", {}).get(name, {}).get(text, text)
    return row


def _dates_read(row: Row, date_format: str) -> Row:
    for name in DATES:
        if row.get(name):
            row[name] = datetime.strptime(row[name], date_format).date().isoformat()  # noqa: DTZ007
    return row


def _corrected(rows: list[Row], keys: tuple[str, ...]) -> dict[tuple[str, ...], Row]:
    """Return the rows by key in first-seen order; a later row replaces what it has a value for."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        known = kept.setdefault(tuple(row.get(key, "") for key in keys), {})
        known.update({name: value for name, value in row.items() if value or name not in known})
    return kept


def _identity(number: str, on: str) -> str:
    """Return twelve digits, the century of ten taken from the date `on`; other numbers in upper case."""
    digits = number.replace("-", "").replace("+", "").replace(" ", "")
    if len(digits) != 10 or not digits.isdigit():
        return digits.upper()
    year = date.fromisoformat(on).year
    born = year - (year - int(digits[:2])) % 100
    return f"{born - 100 * ('+' in number)}{digits[2:]}"


def _persons(episodes: dict[tuple[str, ...], Row], aliases: list[Row]) -> dict[str, int]:
    """Return a number per identity, the same for all identities that aliases join, however many steps apart."""
    same = {(_identity(a["personal_id"], "2026-01-01"), _identity(a["same_as"], "2026-01-01")) for a in aliases}
    everyone = {_identity(e["personal_id"], e["admitted"]) for e in episodes.values()} | {
        i for two in same for i in two
    }
    group = {identity: identity for identity in everyone}
    for one, other in same:
        old, new = group[one], group[other]
        group = {identity: new if leader == old else leader for identity, leader in group.items()}
    leaders = sorted(set(group.values()))
    return {identity: leaders.index(leader) + 1 for identity, leader in group.items()}


def _codes(delivered: str) -> str:
    return " ".join(code.replace(".", "").upper() for code in delivered.split())


def _episodes_frame(
    episodes: dict[tuple[str, ...], Row], persons: dict[str, int], numbers: dict[tuple[str, ...], int]
) -> pd.DataFrame:
    columns: dict[str, list[object]] = {name: [] for name in frames.EPISODES}
    for ref, row in episodes.items():
        values: dict[str, object] = {
            **{name: row.get(name, "") for name in frames.EPISODES},
            **{name: _codes(row.get(name, "")) for name in ("main_diagnosis", "other_diagnoses", "procedures")},
            "episode": numbers[ref],
            "episode_ref": "/".join(ref),
            "person": persons[_identity(row["personal_id"], row["admitted"])],
            **dict.fromkeys(("cost", "drg_weight", "drg_price", "manual_cost")),
        }
        for name, column in columns.items():
            column.append(values[name])
    return frames.frame(frames.EPISODES, columns)


def _details_frame(rows: list[Row], numbers: dict[tuple[str, ...], int]) -> pd.DataFrame:
    for row in rows:
        row["code"] = _codes(row["code"])
    kept = _corrected(rows, ("source", "episode_id", "code", "side")).values()
    return frames.frame(
        frames.PROCEDURE_DETAILS,
        {
            "episode": [numbers[row["source"], row["episode_id"]] for row in kept],
            "code": [row["code"] for row in kept],
            "side": [row.get("side", "") for row in kept],
            "performed_on": [row.get("performed_on", "") for row in kept],
            "position": [0 for _row in kept],
        },
    )


def _verdicts_frame(rows: list[Row], numbers: dict[tuple[str, ...], int]) -> pd.DataFrame:
    kept = list(_corrected(rows, ("event_ref", "joint", "side", "reviewer", "reviewed_on")).values())
    named = [row.get("index_ref", "").rsplit("/", 2) if row.get("index_ref") else None for row in kept]
    return frames.frame(
        frames.VERDICTS,
        {
            "verdict": list(range(1, len(kept) + 1)),
            "episode": [numbers[_reference(row["event_ref"])] for row in kept],
            "joint": [row.get("joint", "") for row in kept],
            "side": [row.get("side", "") for row in kept],
            "decision": [row["verdict"] for row in kept],
            "complication_class": [row.get("complication_class", "") for row in kept],
            "reviewed_on": [row["reviewed_on"] for row in kept],
            "index_episode": [numbers[_reference(n[0])] if n else None for n in named],
            "index_joint": [n[1] if n else "" for n in named],
            "index_side": [n[2] if n else "" for n in named],
        },
    )


def _reference(text: str) -> tuple[str, ...]:
    return tuple(text.split("/", 1))
