"""How the counts of providers and their total are shown, so that no provider's small one follows from the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.texts import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.report_data import Outcome, TotalReport
    from kvalitetsapp.reports.cells import Cells

EVERYONE: Final = ""
COLUMNS: Final = ("operations", "followed", "events")
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ProviderCounts:
    """What is shown of reoperation within two years by joint, provider (`EVERYONE` for the total) and column."""

    shown: Mapping[Key, str]

    def of(self, joint: str, provider: str, column: str) -> str:
        """Return how a count is shown."""
        return self.shown.get((joint, provider, column), NOTHING)

    def tells(self, one: Outcome, provider: str, cells: Cells) -> bool:
        """Tell whether the rate may stand beside the counts."""
        counts = (self.of(one.joint, provider, column) for column in ("followed", "events"))
        return cells.tells(one.share) and not any(map(cells.is_hidden, counts))


def of_total(data: TotalReport, cells: Cells) -> ProviderCounts:
    """Return how the total report shows the counts of providers and their totals, joint by joint."""
    every = [(one.joint, EVERYONE, one) for one in data.overall if is_two_years(one)]
    every += [(one.joint, row.name, one) for row in data.providers for one in row.outcomes]
    shown: dict[Key, str] = {}
    for joint in dict.fromkeys(joint for joint, _name, _one in every):
        for column in COLUMNS:
            counts = {(at, name, column): _count(one, column) for at, name, one in every if at == joint}
            total = (joint, EVERYONE, column)
            parts = [key for key in counts if key != total]
            if total not in counts:
                shown |= {key: cells.count(count) for key, count in counts.items()}
                continue
            texts = cells.column([*(counts[key] for key in parts), counts[total]], with_total=True)
            shown |= dict(zip([*parts, total], texts, strict=True))
    return ProviderCounts(shown)


def is_two_years(one: Outcome) -> bool:
    """Tell whether an outcome is reoperation within two years."""
    return one.level == "reoperation" and one.within == DAYS_TWO_YEARS


def _count(one: Outcome, column: str) -> int:
    return {"operations": one.operations, "followed": one.share.n, "events": one.share.events}[column]
