"""Everything in the report on equal care: the groups by every key, the profile of women and men, and the papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Forest, Profile
    from kvalitetsapp.domain.equity import EquityGroup
    from kvalitetsapp.domain.indicator_recipe import Line
    from kvalitetsapp.domain.report_data import Head, Manifest, Share


@dataclass(frozen=True, slots=True)
class EquitySplit:
    """The indicator by one key: groups with their names and notes, what came out, what weakens it, and the charts."""

    key: str
    name: str
    groups: tuple[EquityGroup, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...]
    headline: str
    findings: tuple[str, ...]
    figures: Forest
    differences: Forest
    is_processed: bool = False


@dataclass(frozen=True, slots=True)
class PaperStep:
    """A step of a paper as it is printed: its head, and labels with texts; `counts` tells that it holds counts."""

    head: str
    lines: tuple[tuple[str, str], ...]
    counts: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A working paper in the report."""

    title: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[PaperStep, ...]


@dataclass(frozen=True, slots=True)
class EquityReport:
    """The report of an indicator; `decimals` and `is_share` say how its figures are written, `unit` what they are in.

    `profile_shares` has what is behind the bars of the profile, for the gate of small numbers, and `profile_nested`
    the indicators whose events all are among those of another: (inner, outer).
    """

    head: Head
    indicator_id: str
    indicator: str
    joint: str
    follow_up_days: int
    is_share: bool
    decimals: int
    unit: str
    whole: EquityGroup
    splits: tuple[EquitySplit, ...]
    reading: tuple[str, ...]
    profile: Profile | None
    profile_shares: tuple[tuple[str, Share], ...]
    profile_nested: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    papers: tuple[PrintedPaper, ...]
    recipe: tuple[Line, ...]
    manifest: Manifest
