"""Two numbers that may be one person: why they may, how strongly, and what somebody has said of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence


class PairReason(StrEnum):
    """What suggests that two numbers are one person."""

    SAME_DIGITS = "same_digits"
    CENTURY = "century"
    ONE_DIGIT = "one_digit"
    SWAPPED = "swapped_digits"
    COORDINATION = "coordination"
    BIRTH_AND_UNIT = "birth_and_unit"
    COMPLEMENTS = "complements"


class Strength(StrEnum):
    """How much speaks for it."""

    STRONG = "strong"
    LIKELY = "likely"
    WEAK = "weak"


_REASONS: Final[dict[str, str]] = {
    PairReason.SAME_DIGITS: N_("samma siffror utan sekel eller skiljetecken"),
    PairReason.CENTURY: N_("samma tio siffror men olika århundrade"),
    PairReason.ONE_DIGIT: N_("en siffra skiljer"),
    PairReason.SWAPPED: N_("två grannsiffror har bytt plats"),
    PairReason.COORDINATION: N_("samordningsnummer och nästan samma personnummer"),
    PairReason.BIRTH_AND_UNIT: N_("samma födelsedatum, kön och enhet"),
    PairReason.COMPLEMENTS: N_("det ena har en operation, det andra en senare händelse utan operation"),
}
_STRENGTHS: Final[dict[str, str]] = {
    Strength.STRONG: N_("Stark"),
    Strength.LIKELY: N_("Trolig"),
    Strength.WEAK: N_("Svag"),
}


@dataclass(frozen=True, slots=True)
class PairKey:
    """Two identities, the smaller first: the same pair whichever way it is put."""

    low: int
    high: int

    @classmethod
    def of(cls, one: int, other: int) -> PairKey:
        """Return the key of a pair."""
        return cls(min(one, other), max(one, other))


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Somebody's word that two numbers are not one person."""

    reason: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two numbers that may be one person; the first would become an alias of the second."""

    identity: int
    same_as: int
    personal_id: str
    same_as_id: str
    reasons: tuple[PairReason, ...]
    strength: Strength
    units: str
    episodes: int
    same_as_episodes: int
    dismissal: Dismissal | None = None

    @property
    def key(self) -> PairKey:
        """Return what the pair is known by."""
        return PairKey.of(self.identity, self.same_as)


PAIRS: Final[tuple[Column, ...]] = (
    Column("personal_id", Kind.TEXT, N_("Nummer")),
    Column("same_as", Kind.TEXT, N_("Samma som")),
    Column("strength", Kind.TEXT, N_("Styrka")),
    Column("reasons", Kind.TEXT, N_("Varför")),
    Column("units", Kind.TEXT, N_("Enheter")),
    Column("episodes", Kind.INTEGER, N_("Vårdkontakter")),
    Column("same_as_episodes", Kind.INTEGER, N_("Vårdkontakter, samma som")),
    Column("dismissed", Kind.TEXT, N_("Inte samma person")),
    Column("key", Kind.INTEGER, N_("Nyckel")),
    Column("same_as_key", Kind.INTEGER, N_("Nyckel, samma som")),
)


def reasons_text(reasons: Sequence[PairReason]) -> str:
    """Return reasons as a Swedish phrase."""
    return "; ".join(_(_REASONS[reason]) for reason in reasons)


def dismissal_text(one: Dismissal | None) -> str:
    """Return who has said when and why that two numbers are not one person, "" where nobody has."""
    return "" if one is None else f"{one.when[:10]} {one.who}: {one.reason}"


def pairs_table(pairs: Sequence[LikelyPair], *, identified: bool = False) -> Table:
    """Return pairs as a table; numbers are masked unless `identified`."""
    return Table(PAIRS, [_row(pair, identified=identified) for pair in pairs])


def _row(pair: LikelyPair, *, identified: bool) -> Row:
    numbers = (pair.personal_id, pair.same_as_id)
    return (
        *(numbers if identified else map(identity.masked, numbers)),
        _(_STRENGTHS[pair.strength]),
        reasons_text(pair.reasons),
        pair.units,
        pair.episodes,
        pair.same_as_episodes,
        dismissal_text(pair.dismissal),
        pair.identity,
        pair.same_as,
    )
