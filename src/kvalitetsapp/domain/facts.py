"""Facts as a person reads them: a label and its text, codes with their titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, NOTHING, _, kronor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.patient import CareEpisode

_SHORTEST_CODE: Final = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says; several lines where there are several."""

    label: str
    lines: tuple[str, ...]


SHOWN: Final = (
    Column("part", Kind.TEXT, N_("Del")),
    Column("label", Kind.TEXT, N_("Vad")),
    Column("text", Kind.TEXT, N_("Text")),
)
"""Facts as a table: under which heading, what it is, and what it says, its lines after each other."""


def facts_table(sections: Iterable[tuple[str, Iterable[Fact]]]) -> Table:
    """Return facts under headings as rows of `SHOWN`."""
    return Table(SHOWN, [(heading, one.label, "\n".join(one.lines)) for heading, facts in sections for one in facts])


def title_of(code: str, tables: CodeTables) -> str:
    """Return the Swedish title of a code, of the code it extends where it has none of its own, else ""."""
    return _title(code, tables.diagnosis_titles) or tables.procedure_titles.get(code, "")


def titled(code: str, tables: CodeTables) -> str:
    """Return `T845 Infektion …`; a code without a title stands alone."""
    return f"{code} {title_of(code, tables)}".strip()


def titled_all(codes: Iterable[str], tables: CodeTables) -> tuple[str, ...]:
    """Return every code with its title, a dash where there is no code."""
    return tuple(titled(code, tables) for code in codes) or (NOTHING,)


def of_episode(one: CareEpisode, tables: CodeTables) -> tuple[Fact, ...]:
    """Return what is known of a stay or visit, in the order in which it is read."""
    days = (one.discharged - one.admitted).days
    stay = one.admitted.isoformat() if not days else f"{one.admitted.isoformat()} – {one.discharged.isoformat()}"
    main = (one.main_diagnosis,) if one.main_diagnosis else ()
    return (
        Fact(_("Vårdkontakt"), (one.episode_ref,)),
        Fact(_("Vårdgivare"), (", ".join(part for part in (one.provider, one.unit) if part),)),
        Fact(_("Vårdform"), (f"{word('care_form', one.care_form)}, {stay}",)),
        Fact(_("Huvuddiagnos"), titled_all(main, tables)),
        Fact(_("Bidiagnoser"), titled_all(one.other_diagnoses, tables)),
        Fact(_("Åtgärder"), titled_all(one.procedures, tables)),
        Fact(_("Ersättningsväg"), (word("payer_route", one.payer_route),)),
        Fact(_("DRG"), (one.drg or NOTHING,)),
        Fact(_("Kostnad"), (kronor(one.cost),)),
        Fact(_("Pris"), (kronor(one.price),)),
    )


def _title(code: str, titles: Mapping[str, str]) -> str:
    for length in range(len(code), _SHORTEST_CODE - 1, -1):
        if title := titles.get(code[:length]):
            return title
    return ""
