"""The round beside the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.review_protocol import QUESTION_WORDS
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import ledger_of_review
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.ledger import BEFORE, NOW
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections.findings_of_review import answer_word
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.review_protocol import Comparison, Results
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, earlier: Comparison | None, now: Results, cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Jämförelse med förra omgången"), new_page=False)
    if earlier is None:
        composer.text(_("Det finns ingen tidigare omgång att jämföra med."))
        return
    composer.text(
        _(
            "Förra omgången: {name}, avslutad {day}. {n} av ärendena var klara i båda. Antalen gäller hela "
            "omgångarna; är urvalen olika stora kan de inte jämföras rakt av."
        ).format(
            name=earlier.name,
            day=earlier.closed_on or _("inte än"),
            n=cells.at(names.of_round("in_both"), earlier.in_both),
        )
    )
    _side_by_side(composer, earlier.before, now, cells)
    _changes(composer, earlier, cells)


def _side_by_side(composer: Composer, before: Results, now: Results, cells: Cells) -> None:
    codes = list(dict(_of_class(now)) | dict(_of_class(before)))
    then, this = _column(before, codes, BEFORE, cells), _column(now, codes, NOW, cells)
    heads = [_("Avvisade"), *(answer_word("complication_class", code) for code in codes), _("Granskade")]
    rows = list(zip(heads, then, this, strict=True))
    composer.table(
        _("Avvisade och bekräftade efter slag, i förra omgången och i denna."),
        Grid((words(_("Granskade ärenden"), 3), Column(_("Förra"), 1.2), Column(_("Denna"), 1.2)), rows, totals=1),
        Notes(_harm(before, now, cells), footnotes.suppressed(cells)),
    )


def _harm(before: Results, now: Results, cells: Cells) -> str:
    """Say which share was avoidable then and now, with the intervals."""
    then, this = (
        _("{rate} ({interval})").format(rate=cells.rate(share), interval=cells.interval(share))
        if share.n and ledger_of_review.share_told(share, confirmed, cells, when)
        else _("inte känt")
        for share, confirmed, when in (
            (before.avoidable, before.confirmed, BEFORE),
            (now.avoidable, now.confirmed, NOW),
        )
    )
    return _("Vårdskada (3–4), andel av bedömda med 95 % intervall: förra {then}, denna {this}.").format(
        then=then, this=this
    )


def _of_class(results: Results) -> tuple[tuple[str, int], ...]:
    return ledger_of_review.classes_of(results).counts


def _column(results: Results, codes: list[str], when: str, cells: Cells) -> list[str]:
    told = dict(_of_class(results))
    return [
        cells.at(names.found("rejected", when), results.rejected),
        *(cells.at(names.answered("complication_class", code, when), told.get(code, 0)) for code in codes),
        cells.at(names.found("reviewed", when), results.reviewed),
    ]


def _changes(composer: Composer, earlier: Comparison, cells: Cells) -> None:
    composer.section(_("Ärenden som nu bedöms annorlunda"))
    if not earlier.changes:
        composer.text(_("Inget ärende som var klart i båda har fått ett annat beslut eller slag."))
        return
    if cells.suppress:
        changed = ledger_of_review.judged_otherwise(earlier)
        composer.text(
            _("{n} ärenden har fått ett annat beslut eller slag. De visas inte utanför kliniken.").format(
                n=cells.at(names.of_round("judged_otherwise"), changed)
            )
        )
        return
    rows = [
        (
            one.event_ref,
            _(QUESTION_WORDS[one.question]),
            answer_word(one.question, one.before),
            answer_word(one.question, one.now),
        )
        for one in earlier.changes
    ]
    composer.table(
        _("Ärenden som var klara i båda omgångarna och har fått ett annat beslut eller slag."),
        Grid((words(_("Händelse"), 1.5), words(_("Fråga")), words(_("Förra"), 1.5), words(_("Denna"), 1.5)), rows),
    )
