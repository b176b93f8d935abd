"""Histories of a few cases in plain frames: events come and change, and claims are drafted, issued and credited."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kvalitetsapp.analysis import claim_ledger, frames, recovery
from kvalitetsapp.domain.claim import NOT_YET_ISSUED
from support import made_frames
from support.made_frames import agreement, operation

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.claim_ledger import Ledger
    from kvalitetsapp.domain.agreement import Agreement

OPERATIONS = made_frames.operations(operation(), operation(side="left"), operation(side="unknown"))


@dataclass
class History:
    """What is stored of three operations: their events, the agreement, and a row for every claim line."""

    terms: Agreement = field(default_factory=agreement)
    operations: pd.DataFrame = field(default_factory=OPERATIONS.copy)
    events: dict[tuple[int, str, str], dict[str, Any]] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)

    def event(self, episode: int, operation: int = 0, day: int = 10, cost: int | None = 100, **told: object) -> None:
        """Let an event be there, or be another; the episode's cost is that of all its events."""
        row = made_frames.link(operation, day, episode=episode, joint="hip", side="right", cost=cost) | told
        self.events[episode, row["joint"], row["side"]] = row
        for one in self.events.values():
            if one["episode"] == episode:
                one["cost"] = cost

    def basis(self) -> pd.DataFrame:
        """Return what can be claimed now."""
        rows = list(self.events.values())
        return recovery.claims_basis(
            self.operations,
            made_frames.links(self.operations, *rows),
            made_frames.episodes(*rows),
            made_frames.PROVIDERS,
            [self.terms],
            potential=False,
        )

    def ledger(self) -> Ledger:
        """Hold what is drawn against it."""
        drawn = {name: [line[name] for line in self.lines] for name in claim_ledger.DRAWN}
        links = made_frames.links(self.operations, *self.events.values())
        return claim_ledger.of_claims(
            self.basis(), links, self.operations, [self.terms], frames.frame(claim_ledger.DRAWN, drawn)
        )

    def draft(self, operation: int) -> list[dict[str, Any]]:
        """Draft all that can be claimed for an operation and return the lines."""
        found = self.ledger().events
        found = found[(found["to_claim"] > 0) & (found["operation"] == operation)]
        at = self.operations.iloc[operation]
        claim = max((line["claim"] for line in self.lines), default=0) + 1
        made = [
            {
                **{name: row[name] for name in ("episode", "joint", "side", "event_ref", "complication_class")},
                **{name: int(row[name]) for name in ("cost", "deductible")},
                "claim": claim,
                "line": number,
                "status": "draft",
                "net": int(row["to_claim"]),
                "index_episode": int(at["episode"]),
                "index_joint": at["joint"],
                "index_side": at["side"],
                "provider_id": "P01",
                "agreement_id": "A",
                "index_ref": at["index_ref"],
                "event_date": row["event_date"].date().isoformat(),
                "cap": self.terms.cap,
            }
            for number, row in enumerate(found.to_dict("records"), start=1)
        ]
        self.lines += made
        return made

    def step(self, claim: int, status: str) -> None:
        """Let a claim come further; what is withdrawn is released."""
        for line in self.lines:
            if line["claim"] == claim:
                line["status"] = status
                line["net"] = 0 if status == "withdrawn" else line["net"]

    def correct(self, place: int, over: int) -> None:
        """Give back what a line has too much: a draft is withdrawn, what is issued is credited."""
        line = self.lines[place]
        if over and line["status"] in NOT_YET_ISSUED:
            self.step(line["claim"], "withdrawn")
        else:
            line["net"] -= min(over, line["net"])

    def settle(self) -> None:
        """Handle every correction, then claim all that can be claimed."""
        for place, over in enumerate(self.ledger().lines["over"].tolist()):
            self.correct(place, over)
        events = self.ledger().events
        for number in sorted(set(events["operation"][events["to_claim"] > 0].tolist())):
            self.draft(number)

    def net(self, *, index_side: str = "", episode: int | None = None) -> int:
        """Return what is drawn and not given back for an operation or an episode."""
        return sum(
            line["net"]
            for line in self.lines
            if index_side in ("", line["index_side"]) and episode in (None, line["episode"])
        )

    def net_of_operations(self) -> dict[int, int]:
        """Return what is drawn for each operation, under its place, where something is."""
        nets = {
            place: sum(line["net"] for line in self.lines if line["index_side"] == side)
            for place, side in enumerate(self.operations["side"].tolist())
        }
        return {place: net for place, net in nets.items() if net}

    def claimable_of_operations(self) -> dict[int, int]:
        """Return what R15 gives for each operation, where it gives something."""
        sums = self.basis().groupby("operation", as_index=False)["claimable"].sum()
        pairs = zip(sums["operation"].tolist(), sums["claimable"].tolist(), strict=True)
        return {place: amount for place, amount in pairs if amount}
