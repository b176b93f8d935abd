"""The table over every stay and visit: what is asked for and the columns of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.domain.facts import Fact
    from kvalitetsapp.domain.timeline import Timeline


@dataclass(frozen=True, slots=True)
class EpisodeQuery:
    """Which episodes, in which order; "" asks for all. Every word of `text` must be found somewhere in the row."""

    text: str = ""
    provider_id: str = ""
    care_form: str = ""
    payer_route: str = ""
    sort: str = "admitted"
    descending: bool = True


EPISODES: Final[tuple[Column, ...]] = (
    Column("episode_ref", Kind.TEXT, N_("Vårdkontakt")),
    Column("personal_id", Kind.TEXT, N_("Patient")),
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("unit", Kind.TEXT, N_("Enhet")),
    Column("care_form", Kind.CODE, N_("Vårdform"), "care_form"),
    Column("admitted", Kind.DATE, N_("In")),
    Column("discharged", Kind.DATE, N_("Ut")),
    Column("main_diagnosis", Kind.TEXT, N_("Huvuddiagnos")),
    Column("other_diagnoses", Kind.TEXT, N_("Bidiagnoser")),
    Column("procedures", Kind.TEXT, N_("Åtgärder")),
    Column("payer_route", Kind.CODE, N_("Ersättningsväg"), "payer_route"),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("price", Kind.MONEY, N_("Pris")),
)
CODE_COLUMNS: Final = ("main_diagnosis", "other_diagnoses", "procedures")


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """One episode beside the table: whose it is, its facts, and the person's timeline with it pointed out."""

    episode: int
    personal_id: str
    facts: tuple[Fact, ...]
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class EpisodeChoices:
    """What the filters over the table offer: how many episodes there are, and the providers by id and name."""

    total: int
    providers: tuple[tuple[str, str], ...]
