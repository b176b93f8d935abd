"""Reoperations by provider as a table and a funnel (R9, R10): points, limits and words, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain.table import REOPERATION_VALUES, Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, ngettext, number, percent

if TYPE_CHECKING:
    from datetime import date

_VALUES: Final = {column.name: column for column in REOPERATION_VALUES}


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A provider: how many were followed, how many reoperated, and where that lies. Rates are fractions."""

    provider_id: str
    provider: str
    operations: int
    n: int
    events: int
    rate: float | None
    ci_low: float | None
    ci_high: float | None
    revised: int
    ambiguous: int
    flag: str
    detectable: float | None

    def description(self) -> str:
        """Return the point in a sentence."""
        text = _("{provider}: {events} av {n} reopererade, {rate} (95 % KI {low} till {high})").format(
            provider=self.provider,
            events=number(self.events),
            n=number(self.n),
            rate=percent(self.rate),
            low=percent(self.ci_low),
            high=percent(self.ci_high),
        )
        return f"{text}, {flag_text(self.flag)}"


@dataclass(frozen=True, slots=True)
class Funnel:
    """The providers of a joint by volume, the target and the limits around it. `as_of` None: nothing is stored."""

    joint: str
    within: int
    as_of: date | None
    latest: date | None
    target: float | None
    is_benchmark: bool
    points: tuple[FunnelPoint, ...]
    limits: tuple[charts.FunnelLimit, ...]

    @property
    def target_label(self) -> str:
        """Return what the target is."""
        return target_label(is_national=self.is_benchmark)

    def chart(self) -> charts.Funnel | None:
        """Return what is drawn of it, on screen as on paper; None where no provider has a rate."""
        points = tuple(
            charts.FunnelPoint(
                point.provider,
                point.events,
                point.n,
                point.rate,
                point.flag,
                highlighted=False,
                key=point.provider_id,
                low=point.ci_low,
                high=point.ci_high,
            )
            for point in self.points
            if point.rate is not None
        )
        if self.target is None or not points:
            return None
        return charts.Funnel(
            self.joint,
            self.target,
            self.is_benchmark,
            points,
            self.limits,
            within=self.within,
        )

    def description(self) -> str:
        """Return the drawing as text, made from the same figures."""
        drawn = [point for point in self.points if point.rate is not None]
        if not drawn:
            return _("Inga uppföljda operationer att visa.")
        head = ngettext("Trattdiagram med {n} vårdgivare.", "Trattdiagram med {n} vårdgivare.", len(drawn))
        target = _("{label} {rate}.").format(label=self.target_label, rate=percent(self.target))
        told = ". ".join(point.description() for point in drawn)
        return f"{head.format(n=number(len(drawn)))} {target} {told}."


FUNNEL_TABLE: Final[tuple[Column, ...]] = (
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("n", Kind.INTEGER, N_("Uppföljda")),
    Column("events", Kind.INTEGER, N_("Reopererade")),
    *(_VALUES[name] for name in ("rate", "ci_low", "ci_high")),
    Column("target", Kind.RATE, N_("Jämförelse")),
    Column("outcome", Kind.TEXT, N_("Utfall")),
    *(_VALUES[name] for name in ("revised", "ambiguous")),
    Column("detectable", Kind.RATE, N_("Kan upptäckas från")),
)
BEHIND: Final[tuple[Column, ...]] = (
    Column("operated_on", Kind.DATE, N_("Opererad")),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("followed", Kind.TEXT, N_("Uppföljd")),
    Column("reoperated", Kind.TEXT, N_("Reopererad")),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("surgery_level", Kind.CODE, N_("Kirurgi"), "surgery_level"),
    Column("complication_class", Kind.TEXT, N_("Komplikation")),
    Column("status", Kind.TEXT, N_("Koppling")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
)


def funnel_table(funnel: Funnel) -> Table:
    """Return the points as rows of `FUNNEL_TABLE`, in their order: by volume, never by rate."""
    return Table(
        FUNNEL_TABLE,
        [
            (
                point.provider,
                point.n,
                point.events,
                point.rate,
                point.ci_low,
                point.ci_high,
                funnel.target,
                "" if point.rate is None else flag_text(point.flag),
                point.revised,
                point.ambiguous,
                point.detectable,
            )
            for point in funnel.points
        ],
    )


def target_label(*, is_national: bool) -> str:
    """Return what the rates are held against."""
    return _("Riket") if is_national else _("Alla vårdgivare här")


def flag_text(flag: str) -> str:
    """Return where a point lies, in neutral words."""
    texts = {
        "high_998": _("över 99,8 %-gränsen"),
        "high_95": _("över 95 %-gränsen"),
        "low_95": _("under 95 %-gränsen"),
        "low_998": _("under 99,8 %-gränsen"),
        "": _("inom gränserna"),
    }
    return texts[flag]


def joint_word(joint: str) -> str:
    """Return the joint's name as it stands in a choice."""
    return word("joint", joint)
