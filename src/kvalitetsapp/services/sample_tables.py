"""What people in the sample county keep in their own tables: capacities and distances, all of them made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.services import editable_tables
from kvalitetsapp.services.sample_days import CHIEF, at
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

_NOTE: Final = N_("påhittad uppgift i exempellänet")
_CAPACITIES: Final = (
    ("OSV", "Höftprotes", "3", "0.25", "", ""),
    ("OSV", "Knäprotes", "3.5", "", "", ""),
    ("U01", "Höftprotes", "2", "0.5", "", ""),
    ("P01", "Höftprotes", "2", "0.5", "58000", "40"),
    ("P01", "Knäprotes", "2", "0.5", "61000", "45"),
    ("P02", "Höftprotes", "2.5", "0.75", "", "60"),
    ("P04", "Höftprotes", "4", "1", "", "35"),
    ("P04", "Knäprotes", "4", "1.5", "", "35"),
    ("P05", "Knäprotes", "1", "0.5", "", ""),
    ("U02", "Axelprotes", "1", "0.25", "118000", "75"),
)
"""Provider, area, operations and free ones per week, price in kronor, waiting time in days; what is empty lacks."""
_KM: Final = {
    "2303": {"OSV": 85, "U01": 60, "P01": 560, "P02": 570, "P04": 190},
    "2305": {"OSV": 60, "U01": 20, "P01": 540, "P02": 550, "P04": 170},
    "2309": {"OSV": 35, "U01": 70, "P01": 620, "P02": 630, "P04": 240},
    "2313": {"OSV": 105, "U01": 150, "P01": 660, "P02": 670, "P04": 280},
    "2326": {"OSV": 75, "U01": 110, "P01": 500, "P02": 510, "P04": 260},
    "2361": {"OSV": 135, "U01": 190, "P01": 480, "P02": 490, "P04": 290},
    "2380": {"OSV": 2, "U01": 90, "P01": 560, "P02": 570, "P04": 200, "P05": 370, "U02": 370},
}
"""Kilometres from municipalities; one has none, and two providers are told from the largest town only."""


def keep(workspace: Workspace) -> None:
    """Let the tables hold what a scenario of moving those who wait needs, and lack what such tables lack."""
    then = at(workspace, 30, CHIEF)
    for provider_id, area, per_week, free, price, days in _CAPACITIES:
        row = {"provider_id": provider_id, "area": area, "operations_per_week": per_week, "free_per_week": free}
        editable_tables.save(then, "capacities", row | {"price": price, "waiting_days": days, "note": _(_NOTE)})
    for municipality, places in _KM.items():
        for provider_id, km in places.items():
            row = {"municipality": municipality, "provider_id": provider_id, "km": str(km), "minutes": ""}
            editable_tables.save(then, "distances", row)
