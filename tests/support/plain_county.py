"""The sample county's files read plainly, from the text of the contract, sharing nothing with the program."""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.settings import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def codes(name: str) -> set[str]:
    return {row["code"] for row in read(resources_dir() / "codes" / name)}


def roles() -> dict[str, tuple[str, str]]:
    return {
        row["code"]: (row["joint"], row["role"]) for row in read(resources_dir() / "codes" / "procedure_roles.csv")
    }


def bare(code: str) -> str:
    return code.replace(".", "").upper()


def is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def luhn_holds(digits: str) -> bool:
    odd = sum(int(digit) for digit in digits[-1::-2])
    return (odd + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])) % 10 == 0


def is_test_number(text: str) -> bool:
    born = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return bool(re.fullmatch(r"19\d{6}9[89]\d\d", text)) and is_date(born) and luhn_holds(text[2:])


def is_reserve_number(text: str) -> bool:
    return bool(re.fullmatch(r"22\d{6}[A-Z]\d[A-Z]\d", text))


def faults(row: Row, providers: set[str]) -> list[str]:
    found = []
    if not is_test_number(row["personal_id"]) and not is_reserve_number(row["personal_id"]):
        found.append("personal_id")
    found += [name for name in ("admitted", "discharged") if not is_date(row[name])]
    if not found and row["discharged"] < row["admitted"]:
        found.append("order")
    if row["care_form"] not in {"inpatient", "outpatient"}:
        found.append("care_form")
    if row["provider_id"] not in providers:
        found.append("provider_id")
    found += [name for name in ("cost", "price") if row[name] and not re.fullmatch(r"\d+,\d\d", row[name])]
    return found


def index_operations(episodes: list[Row], details: list[Row]) -> list[tuple[str, str, str]]:
    """R1 and R2 read plainly: (episode, joint, side) of every primary code."""
    table = roles()
    told = {(row["episode_id"], row["code"]): row["side"] for row in details if row["side"]}
    found = set()
    for row in episodes:
        listed = [bare(code) for code in row["procedures"].split()]
        done = [(table[code], code) for code in listed if code in table]
        if any(role in {"revision", "extraction"} for (_, role), _ in done):
            continue
        for (joint, role), code in done:
            if role == "primary":
                found |= {(row["episode_id"], joint, side) for side in sides(listed, code, told, row["episode_id"])}
    return sorted(found)


def sides(listed: list[str], code: str, told: dict[tuple[str, str], str], episode: str) -> list[str]:
    if (episode, code) in told:
        return [told[episode, code]]
    if "ZXA10" in listed:
        return ["right", "left"]
    after = listed[listed.index(code) + 1 :]
    first = next((word for word in after if word in {"ZXA00", "ZXA05"}), "")
    return [{"ZXA00": "right", "ZXA05": "left", "": "unknown"}[first]]


def reoperations(folder: Path, episodes: list[Row]) -> list[tuple[str, str, str, int, Row]]:
    """R3–R6 read plainly for open surgery: (index episode, joint, side, days, the later episode).

    The side of the later episode is its only laterality code.
    """
    same = {row["personal_id"]: row["same_as"] for row in read(folder / "aliases.csv")}
    person = {row["episode_id"]: same.get(row["personal_id"], row["personal_id"]) for row in episodes}
    day = {row["episode_id"]: date.fromisoformat(row["procedure_date"] or row["admitted"]) for row in episodes}
    operated: dict[tuple[str, str], list[tuple[date, str, str]]] = {}
    for episode, joint, side in index_operations(episodes, read(folder / "procedures.csv")):
        operated.setdefault((person[episode], joint), []).append((day[episode], episode, side))
    table, found = roles(), []
    for row in episodes:
        listed = [bare(code) for code in row["procedures"].split()]
        here = {table[code] for code in listed if code in table}
        side = {"ZXA00": "right", "ZXA05": "left"}.get(listed[-1] if listed else "", "unknown")
        for joint in {joint for joint, role in here if role in {"revision", "addition", "extraction", "reoperation"}}:
            before = [
                one
                for one in operated.get((person[row["episode_id"]], joint), [])
                if one[0] <= day[row["episode_id"]] and (side == one[2] or "unknown" in {side, one[2]})
            ]
            if before:
                on, index, index_side = max(before)
                found.append((index, joint, index_side, (day[row["episode_id"]] - on).days, row))
    return found
