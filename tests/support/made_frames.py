"""Small frames of operations, links, episodes and persons, said in as few words as a test needs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from kvalitetsapp.analysis import frames
from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty

OPERATED = date(2020, 1, 1)
PROVIDERS = frames.frame(
    frames.PROVIDERS,
    {
        "provider_id": ["OSD", "OSI", "P01", "P02"],
        "name": ["Ortopedi", "Infektion", "Ett", "Två"],
        "kind": ["own", "own", "private", "public"],
    },
)


def operation(**told: object) -> dict[str, Any]:
    """Return an index operation with what was told of it; the rest is a right hip at P01 on 1 January 2020."""
    usual = {"provider_id": "P01", "joint": "hip", "side": "right", "operated_on": OPERATED, "payer_route": "contract"}
    return usual | told


def operations(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return index operations, one person each unless told; their references are `faktura/0/hip/right` and so on."""
    columns = ["operation", "episode", "person", "index_ref", "provider_id", "joint", "side", "operated_on"]
    made = []
    for number, row in enumerate(rows):
        ref = f"faktura/{number}/{row['joint']}/{row['side']}"
        made.append({"operation": number, "episode": 1000 + number, "person": number, "index_ref": ref} | row)
    frame = pd.DataFrame(made, columns=[*columns, "procedure_code", "payer_route"])
    frame["procedure_code"] = "NFB49"
    return frame.astype({"operation": "int64", "person": "int64", "operated_on": "datetime64[s]", "joint": "category"})


def link(operation: int, days: int, **told: object) -> dict[str, Any]:
    """Return a confirmed revision `days` after an operation at the region's own department, but for what is told."""
    usual = {"event_provider_id": "OSD", "status": "confirmed", "surgery_level": "revision"}
    return usual | {"operation": operation, "days": days, "complication_class": "infection", "cost": 10_000_00} | told


def links(index_operations: pd.DataFrame, *rows: dict[str, Any]) -> pd.DataFrame:
    """Return links to `index_operations`, an episode each unless told: `cosmic/00` and so on."""
    made = []
    for number, row in enumerate(rows):
        to = index_operations.iloc[row["operation"]]
        derived = {
            "episode": number,
            "joint": to["joint"],
            "side": to["side"],
            "event_date": to["operated_on"].date() + timedelta(days=row["days"]),
            "index_ref": to["index_ref"],
            "index_provider_id": to["provider_id"],
            "operated_on": to["operated_on"],
        }
        made.append(derived | row)
    columns = ["episode", "event_ref", "joint", "side", "event_date", "event_provider_id", "operation", "index_ref"]
    columns += ["index_provider_id", "operated_on", "days", "status", "complication_class", "surgery_level"]
    frame = pd.DataFrame(made, columns=columns)
    frame["event_ref"] = [f"cosmic/{episode:02d}" for episode in frame["episode"]]
    dtypes = {"operation": "int64", "episode": "int64", "days": "Int64", "status": "category"}
    return frame.astype({**dtypes, "event_date": "datetime64[s]", "operated_on": "datetime64[s]"})


def episodes(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return the episodes of the links `rows`: three days in bed unless told, and what each of them cost."""
    usual: dict[str, Any] = dict.fromkeys(("cost", "drg_weight", "drg_price", "manual_cost"))
    usual |= {"care_form": "inpatient", "admitted": "2020-02-01", "discharged": "2020-02-04"}
    columns: dict[str, list[Any]] = {name: [] for name in frames.EPISODES}
    known = {row.get("episode", number): row for number, row in enumerate(rows)}
    for episode, row in known.items():
        for name, values in columns.items():
            values.append((usual | row | {"episode": episode, "person": 0}).get(name, ""))
    return frames.frame(frames.EPISODES, columns)


def persons(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return persons numbered as they come, nothing known but what is told."""
    told = [{"person": number} | row for number, row in enumerate(rows)]
    return frames.frame(frames.PERSONS, {name: [row.get(name, "") for row in told] for name in frames.PERSONS})


def benchmark(**told: object) -> dict[str, Any]:
    """Return Sweden's two-year figure for hips, 2.5 per cent in 2024, but for what is told."""
    usual = {"country": "SE", "level": "national", "joint": "hip", "indicator": "reoperation_2y", "period": "2024"}
    return usual | {"value": 2.5, "unit_of_value": "percent"} | told


def benchmarks(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return published figures."""
    return frames.frame(frames.BENCHMARKS, {name: [row[name] for row in rows] for name in frames.BENCHMARKS})


def agreement(**told: object) -> Agreement:
    """Return an agreement on hips at P01 with a cap of 200 000 kr and two years' warranty, but for what is told."""
    usual: dict[str, Any] = {
        "agreement_id": "A",
        "name": "Avtalet",
        "providers": ("P01",),
        "joints": ("hip",),
        "payer_routes": ("contract",),
        "valid_from": date(2019, 1, 1),
        "valid_to": None,
        "cap": 200_000_00,
        "cap_scope": "index_operation",
        "deductible": 0,
        "cost_basis": ("kpp", "tariff"),
        "warranties": (Warranty(("*",), 730),),
        "tariff": Tariff(),
    }
    return Agreement(**(usual | told))
