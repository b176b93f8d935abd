"""What the sample county keeps in tables of its own: what each provider can take, at what price and how far away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kvalitetsapp.services import editable_tables
from kvalitetsapp.services.sample_days import CLERK, at
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.services.workspace import Workspace

_DAYS_AGO: Final = 130
_KM_AN_HOUR: Final = 75
_CAPACITIES: Final = ("provider_id", "area", "operations_per_week", "free_per_week", "price", "waiting_days", "note")
_DISTANCES: Final = ("municipality", "provider_id", "km", "minutes")


@dataclass(frozen=True, slots=True)
class _Can:
    """What a provider can take of an area: operations a week, of them free, kronor for each, days until it is done."""

    provider_id: str
    area: str
    weekly: str
    free: str
    price: int
    days: int


_CAN: Final = (
    _Can("OSV", N_("Höftprotes"), "3,5", "0", 71_000, 150),
    _Can("OSV", N_("Knäprotes"), "3", "0", 69_000, 170),
    _Can("OSV", N_("Axel"), "1", "0", 38_000, 130),
    _Can("OSV", N_("Axelprotes"), "0,5", "0", 82_000, 120),
    _Can("OSV", N_("Hand och handled"), "2", "0", 14_500, 90),
    _Can("P01", N_("Höftprotes"), "1,5", "1", 59_000, 70),
    _Can("P01", N_("Knäprotes"), "1", "1", 59_000, 75),
    _Can("P01", N_("Axel"), "0,5", "0,5", 31_000, 60),
    _Can("P02", N_("Höftprotes"), "2", "1,5", 58_200, 45),
    _Can("P02", N_("Knäprotes"), "1,5", "1,5", 58_200, 50),
    _Can("P03", N_("Knäprotes"), "1", "0,5", 59_400, 80),
    _Can("P03", N_("Hand och handled"), "1", "1", 12_900, 40),
    _Can("P04", N_("Höftprotes"), "0,5", "0,5", 59_800, 85),
    _Can("P05", N_("Obesitaskirurgi"), "0,5", "0,5", 84_000, 95),
    _Can("U01", N_("Höftprotes"), "1", "0", 68_000, 140),
    _Can("U01", N_("Axel"), "0,5", "0", 36_000, 110),
    _Can("U01", N_("Obesitaskirurgi"), "0,5", "0", 92_000, 220),
    _Can("U02", N_("Obesitaskirurgi"), "0,5", "0,5", 97_000, 160),
)
# kilometres from each municipality to the county's hospital, and from there to the others
_TO_OWN: Final = {
    "2303": 101, "2305": 72, "2309": 21, "2313": 98, "2321": 99, "2326": 62, "2361": 131, "2380": 4,
}  # fmt: skip
_ONWARD: Final = {"OSV": 0, "P01": 560, "P02": 545, "P03": 572, "P04": 186, "P05": 390, "U01": 178, "U02": 378}


def make_history(workspace: Workspace) -> None:
    """Let somebody lay in capacities with prices, and distances, as files."""
    _take(workspace, "capacities", _CAPACITIES, _capacities(), _("Ur avtalen och vårdgivarnas besked"))
    _take(workspace, "distances", _DISTANCES, _distances(), _("Avrundade vägavstånd"))


def _capacities() -> Iterator[Sequence[object]]:
    for can in _CAN:
        yield can.provider_id, _(can.area), can.weekly, can.free, can.price, can.days, _("påhittad")


def _distances() -> Iterator[Sequence[object]]:
    for municipality, own in _TO_OWN.items():
        for provider_id, further in _ONWARD.items():
            km = own + further
            yield municipality, provider_id, km, round(km * 60 / _KM_AN_HOUR)


def _take(
    workspace: Workspace, name: str, header: Sequence[str], rows: Iterator[Sequence[object]], reason: str
) -> None:
    lines = [header, *rows]
    with TemporaryDirectory(prefix="kvalitetsapp-") as folder:
        path = Path(folder) / f"{name}.csv"
        text = "".join(";".join(map(str, line)) + "\n" for line in lines)
        path.write_text(text, encoding="utf-8", newline="")
        editable_tables.take_file(at(workspace, _DAYS_AGO, CLERK), name, path, reason=reason)
