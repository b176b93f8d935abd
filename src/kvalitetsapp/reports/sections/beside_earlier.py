"""The round beside the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.review_protocol import QUESTION_WORDS
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections.findings_of_review import answer_word, avoidable_told
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
        ).format(name=earlier.name, day=earlier.closed_on or _("inte än"), n=cells.count(earlier.in_both))
    )
    _side_by_side(composer, earlier.before, now, cells)
    _changes(composer, earlier, cells)


def _side_by_side(composer: Composer, before: Results, now: Results, cells: Cells) -> None:
    codes = [code for code, _count in _of_class(now)]
    codes += [code for code, _count in _of_class(before) if code not in codes]
    earlier, later = dict(_of_class(before)), dict(_of_class(now))
    then = _column(before, [earlier.get(code, 0) for code in codes], cells)
    this = _column(now, [later.get(code, 0) for code in codes], cells)
    names = [_("Avvisade"), *(answer_word("complication_class", code) for code in codes), _("Granskade")]
    rows = list(zip(names, then, this, strict=True))
    composer.table(
        _("Avvisade och bekräftade efter slag, i förra omgången och i denna."),
        Grid((words(_("Granskade ärenden"), 3), Column(_("Förra"), 1.2), Column(_("Denna"), 1.2)), rows, totals=1),
        Notes(_harm(before, now, cells), footnotes.suppressed(cells)),
    )


def _harm(before: Results, now: Results, cells: Cells) -> str:
    """Say which share was avoidable then and now, with the intervals."""
    then, this = (
        _("{rate} ({interval})").format(rate=cells.rate(share), interval=cells.interval(share))
        if share.n and avoidable_told(share, cells)
        else _("inte känt")
        for share in (before.avoidable, now.avoidable)
    )
    return _("Vårdskada (3–4), andel av bedömda med 95 % intervall: förra {then}, denna {this}.").format(
        then=then, this=this
    )


def _of_class(results: Results) -> tuple[tuple[str, int], ...]:
    return next(one.counts for one in results.counts if one.question == "complication_class")


def _column(results: Results, of_classes: list[int], cells: Cells) -> list[str]:
    return cells.column([results.rejected, *of_classes, results.reviewed], with_total=True)


def _changes(composer: Composer, earlier: Comparison, cells: Cells) -> None:
    composer.section(_("Ärenden som nu bedöms annorlunda"))
    if not earlier.changes:
        composer.text(_("Inget ärende som var klart i båda har fått ett annat beslut eller slag."))
        return
    if cells.suppress:
        changed = len({change.event_ref for change in earlier.changes})
        composer.text(
            _("{n} ärenden har fått ett annat beslut eller slag. De visas inte utanför kliniken.").format(
                n=cells.count(changed)
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
