"""The cases of a round, one by one, without anything that says who they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.identity import hidden
from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.phrases import at_provider, joint_and_side
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.review_protocol import ProtocolCase
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, cases: Sequence[ProtocolCase], cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Ärendelista"), new_page=bool(cases) and not cells.suppress)
    if cells.suppress:
        composer.text(_("Enskilda ärenden visas inte när protokollet lämnar kliniken."))
        return
    if not cases:
        composer.text(_("Det finns inga ärenden i omgången."))
        return
    composer.text(
        _(
            "Händelsen är vårdkontaktens beteckning i källsystemet. Listan innehåller inga personnummer men är ändå "
            "patientuppgifter: förvara den som en journalhandling."
        )
    )
    heads = (
        words(_("Händelse"), 1.42),
        words(_("Datum, led"), 1.22),
        words(_("Opererad hos"), 1.15),
        Column(_("Dagar"), 0.7),
        words(_("Beslut, samband"), 1.5),
        words(_("Slag, kirurgi"), 1.5),
        words(_("Allvar"), 0.68),
        words(_("Undv."), 0.6),
        words(_("Granskare, journal"), 1.55),
    )
    composer.table(
        _("Alla ärenden i omgången, efter händelsens datum."),
        Grid(heads, [_row(one) for one in sorted(cases, key=lambda one: (one.event_date, one.key))], size=6.0),
        Notes(
            _(
                "Allvar: NCC-MERP (E–I) och Clavien-Dindo (I–V). Undv.: undvikbarhet 1–4. Orden står under Metod och "
                "definitioner."
            )
        ),
    )


def _row(one: ProtocolCase) -> tuple[str, ...]:
    joint = joint_and_side(one.joint, one.side)
    return (
        one.event_ref,
        f"{one.event_date}\n{joint}",
        at_provider(one.provider),
        NOTHING if one.days is None else number(one.days),
        *_judged(one),
        _lines(*one.reviewers, hidden(one.answer.pointer)),
    )


def _judged(one: ProtocolCase) -> tuple[str, str, str, str]:
    """Return decision, class, severity and avoidability, or how far the case has come."""
    if one.state is not CaseState.DONE:
        return word("case_state", one.state), NOTHING, NOTHING, NOTHING
    answer = one.answer
    decided = _lines(word("verdict", one.told("decision")), word("relation", answer.relation))
    if not one.is_confirmed:
        return decided, NOTHING, NOTHING, NOTHING
    classed = _lines(word("complication_class", answer.complication_class), word("surgery_level", one.surgery_level))
    return decided, classed, _lines(answer.harm_severity, answer.clavien_dindo), answer.avoidability or NOTHING


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text) or NOTHING
