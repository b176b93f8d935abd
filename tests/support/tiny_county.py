"""A few hand-written episodes as the frames of `analysis`, in as few words as a test of one sentence needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kvalitetsapp.analysis import frames, linking
from support.code_tables import code_tables

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.domain.codes import CodeTables

DAY_0 = date(2020, 1, 1)


def day(number: int) -> date:
    """Return the day that is so many days after the first."""
    return DAY_0 + timedelta(days=number)


@dataclass
class TinyCounty:
    """Episodes, details and verdicts in the order they are written down; days are counted from DAY_0."""

    episodes: list[dict[str, object]] = field(default_factory=list)
    details: list[dict[str, object]] = field(default_factory=list)
    verdicts: list[dict[str, object]] = field(default_factory=list)
    tables: CodeTables = field(default_factory=code_tables)

    def episode(
        self,
        ref: str,
        on: int,
        procedures: str = "",
        diagnoses: str = "M169",
        person: int = 1,
        provider: str = "P01",
        operated: int | None = None,
    ) -> TinyCounty:
        """Write down an episode admitted on day `on`; the first of the diagnoses is the main one."""
        main, _, others = diagnoses.partition(" ")
        row: dict[str, object] = {
            **dict.fromkeys(frames.EPISODES, ""),
            "episode": len(self.episodes) + 100,
            "episode_ref": ref,
            "person": person,
            "provider_id": provider,
            "payer_route": "contract",
            "admitted": day(on),
            "discharged": day(on + 2),
            "procedure_date": None if operated is None else day(operated),
            "main_diagnosis": main,
            "other_diagnoses": others,
            "procedures": procedures,
            **dict.fromkeys(("cost", "drg_weight", "drg_price", "manual_cost")),
        }
        self.episodes.append(row)
        return self

    def detail(self, ref: str, code: str, side: str = "", on: int | None = None, position: int = 0) -> TinyCounty:
        """Write down a row of the `procedures` file, or of a list where it has a position."""
        performed_on = None if on is None else day(on)
        self.details.append(
            {"episode": self.key(ref), "code": code, "side": side, "performed_on": performed_on, "position": position}
        )
        return self

    def verdict(
        self,
        ref: str,
        decision: str,
        index: str = "",
        joint: str = "",
        side: str = "",
        on: int = 1000,
        complication_class: str = "",
    ) -> TinyCounty:
        """Write down a verdict; `index` is an index_ref."""
        named = index.rsplit("/", 2) if index else ["", "", ""]
        self.verdicts.append(
            {
                "verdict": len(self.verdicts) + 1,
                "episode": self.key(ref),
                "joint": joint,
                "side": side,
                "decision": decision,
                "complication_class": complication_class,
                "reviewed_on": day(on),
                "index_episode": self.key(named[0]) if index else None,
                "index_joint": named[1],
                "index_side": named[2],
            }
        )
        return self

    def key(self, ref: str) -> object:
        """Return the store's key of an episode."""
        return next(row["episode"] for row in self.episodes if row["episode_ref"] == ref)

    def correct(self, ref: str, **cells: object) -> TinyCounty:
        """Change cells of an episode, as a correction does."""
        next(row for row in self.episodes if row["episode_ref"] == ref).update(cells)
        return self

    def run(self, pins: pd.DataFrame | None = None) -> linking.LinkRun:
        """Return what linking makes of it, with the pins of an earlier run or none."""
        none = frames.frame(frames.PINS, {name: [] for name in frames.PINS})
        return linking.run(
            frames.frame(frames.EPISODES, _columns(frames.EPISODES, self.episodes)),
            frames.frame(frames.PROCEDURE_DETAILS, _columns(frames.PROCEDURE_DETAILS, self.details)),
            frames.frame(frames.VERDICTS, _columns(frames.VERDICTS, self.verdicts)),
            none if pins is None else pins,
            self.tables,
        )

    def operations(self) -> list[str]:
        """Return the references of the index operations."""
        return [str(ref) for ref in self.run().index_operations["index_ref"]]

    def links(self, columns: str, pins: pd.DataFrame | None = None) -> list[tuple[str, ...]]:
        """Return columns of the links as text."""
        return told(self.run(pins), columns)


def told(run: linking.LinkRun, columns: str) -> list[tuple[str, ...]]:
    """Return columns (separated by spaces) of the links as text, dates as days from DAY_0, "" for nothing."""
    chosen = run.links[columns.split()].astype(object)
    return [tuple(_text(value) for value in row) for row in chosen.itertuples(index=False)]


def _text(value: object) -> str:
    if hasattr(value, "date"):
        return str((value.date() - DAY_0).days)
    return "" if str(value) in {"<NA>", "NaT", "nan"} else str(value)


def _columns(shape: dict[str, str], rows: list[dict[str, object]]) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in shape}
