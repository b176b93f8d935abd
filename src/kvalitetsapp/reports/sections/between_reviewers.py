"""How well two reviewers agreed before they talked, and how what differed was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.identity import hidden
from kvalitetsapp.domain.review_protocol import QUESTION_WORDS
from kvalitetsapp.domain.reviewer_agreement import WEIGHT_WORDS, WhyNone, reason_text
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import ledger_of_review
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, decimal, ngettext, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.review_protocol import ProtocolData, Settled
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

FEW_PAIRS: Final = 30


def add(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    """Add the chapter."""
    has_pairs = any(one.n for one in data.agreement)
    composer.chapter(_("Samstämmighet mellan granskarna"), new_page=has_pairs)
    if not data.head.is_blinded:
        composer.text(
            _("Varje ärende granskas av en person. Då går det inte att säga hur väl två granskare är överens.")
        )
        return
    composer.text(
        _(
            "Två granskare svarar var för sig utan att se varandras svar. Tabellen gäller deras första svar, innan "
            "de har talat med varandra."
        )
    )
    if not has_pairs:
        composer.text(_("Inget ärende har svar av båda än."))
        return
    composer.text(reading(data.agreement, cells))
    table(composer, data.agreement, cells)
    _settled(composer, data.settled, cells)


def reading(agreement: Sequence[ReviewerAgreement], cells: Cells) -> str:
    """Say on how many pairs kappa rests, and how it is read."""
    most = max(agreement, key=lambda one: one.n)
    pairs = most.n
    told = ngettext(
        "Kappa bygger på {n} par av svar, på flera frågor färre.",
        "Kappa bygger på högst {n} par av svar, på flera frågor färre.",
        pairs,
    ).format(n=cells.at(names.pairs("both", most.question), pairs))
    if pairs < FEW_PAIRS:
        told += " " + _("Det är få: läs intervallet, inte talet.")
    meaning = _(
        "1 är full enighet och 0 är vad slumpen ger. Är nästan alla svar desamma blir kappa lågt också när "
        "granskarna är överens; läs därför också andelen lika."
    )
    return f"{told} {meaning}"


def table(composer: Composer, agreement: Sequence[ReviewerAgreement], cells: Cells) -> None:
    """Add the table of agreement by question."""
    notes = Notes(
        _("Par: ärenden där båda har svarat på frågan. Utan: ärenden där någon inte har svarat, de är inte med."),
        _("Skalor vägs linjärt: ett stegs skillnad räknas mindre än flera. 95 % intervall, Fleiss m.fl. 1969."),
        *_without(agreement, cells),
        footnotes.suppressed(cells),
    )
    heads = (
        words(_("Fråga"), 2.0),
        Column(_("Par"), 0.6),
        Column(_("Utan"), 0.65),
        Column(_("Lika"), 0.6),
        Column(_("Andel lika"), 0.85),
        Column(_("Kappa"), 0.8),
        Column(_("95 % intervall"), 1.35),
        words(_("Vägning"), 1.3),
    )
    composer.table(
        _("Samstämmighet mellan granskarnas första svar."),
        Grid(heads, [_row(one, cells) for one in agreement]),
        notes,
    )


def _without(agreement: Sequence[ReviewerAgreement], cells: Cells) -> list[str]:
    """Say of which questions there is no kappa or no interval, and why, a sentence for each reason."""
    told = [one for one in agreement if one.n and ledger_of_review.kappa_told(one, cells)]
    return [
        _("{why} Gäller: {questions}.").format(
            why=reason_text(reason),
            questions=", ".join(_(QUESTION_WORDS[one.question]) for one in told if one.why_none is reason),
        )
        for reason in WhyNone
        if any(one.why_none is reason for one in told)
    ]


def _row(one: ReviewerAgreement, cells: Cells) -> tuple[str, ...]:
    question = _(QUESTION_WORDS[one.question])
    counted = {"both": one.n, "left_out": one.left_out, "agreed": one.agreed}
    both, left_out, alike = (cells.at(names.pairs(name, one.question), count) for name, count in counted.items())
    if not one.n or not ledger_of_review.kappa_told(one, cells):
        return (question, both, left_out, NOTHING, NOTHING, NOTHING, NOTHING, _(WEIGHT_WORDS[one.weights]))
    agreed = (alike, cells.part(one.agreed, one.n) if cells.strict else percent(one.agreed / one.n, 0))
    kappa = NOTHING if one.kappa is None else decimal(one.kappa, 2)
    interval = NOTHING
    if one.low is not None and one.high is not None:
        interval = _("{low} till {high}").format(low=decimal(one.low, 2), high=decimal(one.high, 2))
    return (question, both, left_out, *agreed, kappa, interval, _(WEIGHT_WORDS[one.weights]))


def _settled(composer: Composer, settled: Sequence[Settled], cells: Cells) -> None:
    composer.section(_("Skillnader som har retts ut"))
    if not settled:
        composer.text(_("Ingen skillnad har behövt redas ut."))
        return
    if cells.suppress:
        composer.text(
            _("{n} ärenden fick ett gemensamt svar. Skälen visas inte utanför kliniken.").format(
                n=cells.at(names.of_round("settled"), len(settled))
            )
        )
        return
    rows = [
        (
            one.event_ref,
            ", ".join(_(QUESTION_WORDS[question]) for question in one.questions),
            hidden(one.reason),
            one.settled_by,
            one.settled_on,
        )
        for one in settled
    ]
    heads = (_("Händelse"), _("Svaren skilde sig om"), _("Skäl till det gemensamma svaret"), _("Av"), _("Datum"))
    weights = (1.3, 1.3, 3.0, 1.0, 0.85)
    composer.table(
        _("Ärenden där granskarna svarade olika och kom överens."),
        Grid(tuple(words(head, weight) for head, weight in zip(heads, weights, strict=True)), rows, size=7.2),
        parted=True,
    )
