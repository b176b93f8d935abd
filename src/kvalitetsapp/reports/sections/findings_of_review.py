"""What the review found: how the events belong to the operations, what they were, how heavy and whether avoidable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.review_protocol import QUESTION_WORDS
from kvalitetsapp.domain.reviewer_agreement import reason_text
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import ledger_of_review
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.phrases import at_provider
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import N_, NOTHING, _, decimal, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Share
    from kvalitetsapp.domain.review_protocol import Counts, InfectionCounts, ProtocolData, ProviderCounts
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_CAPTIONS: Final = {
    "relation": N_("Hur händelserna hör ihop med operationen, alla granskade."),
    "complication_class": N_("Slag av komplikation, bekräftade händelser."),
    "surgery_level": N_("Kirurgins tyngd enligt koderna, bekräftade händelser."),
    "harm_severity": N_("Skadans allvar enligt NCC-MERP, bekräftade händelser."),
    "clavien_dindo": N_("Allvar enligt Clavien-Dindo, bekräftade händelser."),
    "avoidability": N_("Undvikbarhet, bekräftade händelser. 3 och 4 är vårdskada."),
    "infection_level": N_("Infektionens säkerhet enligt EBJIS 2021, bekräftade händelser av slaget infektion."),
    "treatment": N_("Den tyngsta behandlingen, bekräftade händelser."),
    "outcome": N_("Hur det gick, bekräftade händelser."),
}
_SECTIONS: Final = (
    (N_("Samband"), ("relation",)),
    (N_("Slag och kirurgi"), ("complication_class", "surgery_level")),
    (N_("Allvar"), ("harm_severity", "clavien_dindo")),
    (N_("Undvikbarhet"), ("avoidability",)),
    (N_("Behandling och utfall"), ("treatment", "outcome")),
)


def add(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Vad granskningen visar"), new_page=False)
    if not data.results.reviewed:
        composer.text(_("Inget ärende är klart än, så det finns inga resultat."))
        return
    composer.text(
        _(
            "Resultaten gäller de ärenden som är klara. Slag, allvar, undvikbarhet, behandling och utfall gäller de "
            "händelser där kopplingen till operationen är bekräftad."
        )
    )
    by_question = {one.question: one for one in data.results.counts}
    avoidable = avoidable_note(data.results.avoidable, data.results.confirmed, cells)
    for title, questions in _SECTIONS:
        filled = [by_question[question] for question in questions if by_question[question].total]
        if filled:
            composer.section(_(title))
        for counts in filled:
            told = data.agreement_on(counts.question)
            counted(composer, counts, told, avoidable, cells)
    _infections(composer, data, cells)
    _providers(composer, data.results.providers, cells)


def counted(
    composer: Composer, counts: Counts, agreement: ReviewerAgreement | None, avoidable: str, cells: Cells
) -> None:
    """Add the table of the answers to a question, with how well reviewers agreed on it under it.

    `avoidable` is what is said of the harm that could have been avoided (`avoidable_note`).
    """
    shown = _shown(counts, cells)
    rows = [
        (answer_word(counts.question, code), text, _share(text, count, shown[-1], counts.total, cells))
        for (code, count), text in zip(counts.counts, shown, strict=False)
    ]
    notes = Notes(agreement_note(agreement, cells))
    if counts.question == "avoidability":
        notes.remark(avoidable)
    notes.remark(footnotes.suppressed(cells) if any(map(cells.is_hidden, shown)) else "")
    composer.table(
        _(_CAPTIONS[counts.question]),
        Grid(
            (words(_(QUESTION_WORDS[counts.question]), 4), Column(_("Antal")), Column(_("Andel"))),
            [*rows, (_("Alla"), shown[-1], NOTHING if cells.is_hidden(shown[-1]) else percent(1.0, 0))],
            totals=1,
        ),
        notes,
    )


def _shown(counts: Counts, cells: Cells) -> list[str]:
    """Return the counts and their total as they may be shown."""
    told = [*counts.counts, (ANY, counts.total)]
    return [cells.at(names.answered(counts.question, code), count) for code, count in told]


def answer_word(question: str, code: str) -> str:
    """Return an answer in words; "" was not answered."""
    vocabulary = "verdict" if question == "decision" else question
    return word(vocabulary, code) if code else _("Inte besvarat")


def _share(shown: str, count: int, shown_total: str, total: int, cells: Cells) -> str:
    hidden = any(map(cells.is_hidden, (shown, shown_total))) or (cells.suppress and total < LEAST_DENOMINATOR)
    if hidden or not total:
        return NOTHING
    return cells.part(count, total) if cells.strict else percent(count / total, 0)


def avoidable_note(share: Share, confirmed: int, cells: Cells) -> str:
    """Return what is said under the answers on how avoidable the harm of the confirmed was."""
    if not share.n:
        return _("Undvikbarheten är inte bedömd för någon händelse.")
    if not ledger_of_review.share_told(share, confirmed, cells):
        return _("Andelen vårdskador bygger på för få ärenden för att visas.")
    return _("Vårdskada (3 och 4): {share}. Undvikbarheten avgör aldrig vad som kan krävas av en vårdgivare.").format(
        share=avoidable_words(share, cells)
    )


def avoidable_words(share: Share, cells: Cells) -> str:
    """Return how many of the judged were avoidable; outside the department a rate without the counts."""
    if cells.suppress:
        return _("{rate} av de bedömda (95 % intervall {interval})").format(
            rate=cells.rate(share, 0), interval=cells.interval(share, 0)
        )
    return _("{events} av {n} bedömda, {rate} (95 % intervall {interval})").format(
        events=number(share.events), n=number(share.n), rate=cells.rate(share), interval=cells.interval(share)
    )


def agreement_note(one: ReviewerAgreement | None, cells: Cells) -> str:
    """Return how well the reviewers agreed on what a table rests on, "" where one reviewer answered alone."""
    if one is None:
        return ""
    if not one.n:
        return _("Samstämmighet: inget ärende har svar av båda granskarna.")
    if not ledger_of_review.kappa_told(one, cells):
        return _("Samstämmighet: för få par för att visas.")
    if cells.suppress:
        shown = cells.at(names.pairs("both", one.question), one.n)
        return _("Samstämmighet: {n} par; kappa {kappa}.").format(n=shown, kappa=kappa_words(one))
    return _("Samstämmighet: {agreed} av {n} par lika; kappa {kappa}.").format(
        agreed=number(one.agreed), n=number(one.n), kappa=kappa_words(one)
    )


def kappa_words(one: ReviewerAgreement) -> str:
    """Return kappa with its interval, or why there is none, as it stands in a sentence."""
    if one.kappa is None:
        return _("{none} ({why})").format(none=NOTHING, why=_lowered(reason_text(one.why_none)))
    if one.low is None or one.high is None:
        return _("{kappa} ({why})").format(kappa=decimal(one.kappa, 2), why=_lowered(reason_text(one.why_none)))
    return _("{kappa} (95 % intervall {low} till {high})").format(
        kappa=decimal(one.kappa, 2), low=decimal(one.low, 2), high=decimal(one.high, 2)
    )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _infections(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    levels = next(one for one in data.results.counts if one.question == "infection_level")
    if not levels.total:
        return
    composer.section(_("Infektioner"))
    composer.text(
        _("Säkerheten följer av de kriterier som granskaren har kryssat i. {note}")
        .format(note=agreement_note(data.agreement_on("infection_level"), cells))
        .strip()
    )
    captions = {
        "organism": _("Infektioner efter bakterie och säkerhet (EBJIS 2021)."),
        "treatment": _("Infektioner efter behandling och säkerhet (EBJIS 2021)."),
    }
    for one in data.results.infections:
        _crossed(composer, captions[one.question], one, cells)


def _crossed(composer: Composer, caption: str, one: InfectionCounts, cells: Cells) -> None:
    used = [place for place, level in enumerate(one.levels) if level or any(row[place] for _code, row in one.rows)]
    levels = [one.levels[place] for place in used]
    body = [
        (
            answer_word(one.question, code),
            *(cells.at(names.infections(one.question, code, one.levels[place]), row[place]) for place in used),
            cells.at(names.infections(one.question, code), sum(row)),
        )
        for code, row in one.rows
    ]
    sums = [sum(row[place] for _code, row in one.rows) for place in used]
    last = [cells.at(names.answered("infection_level", level), n) for level, n in zip(levels, sums, strict=True)]
    body.append((_("Alla"), *last, cells.at(names.answered("infection_level"), sum(sums))))
    heads = [answer_word("infection_level", level) for level in levels]
    composer.table(
        caption,
        Grid(
            (
                words(_(QUESTION_WORDS[one.question]), 2.4),
                *(Column(head, 1.1) for head in heads),
                Column(_("Alla"), 0.8),
            ),
            body,
            totals=1,
        ),
        Notes(footnotes.suppressed(cells)),
    )


def _providers(composer: Composer, providers: Sequence[ProviderCounts], cells: Cells) -> None:
    composer.section(_("Efter vårdgivare"))
    body = [ledger_of_review.of_provider(one) for one in providers]
    rows = [
        (at_provider(one.name), *(cells.at(names.reviewed_at(one.name, name), count) for name, count in told.items()))
        for one, told in zip(providers, body, strict=True)
    ]
    sums = {name: sum(told[name] for told in body) for name in body[0]}
    rows.append((_("Alla"), *(cells.at(names.found(name), count) for name, count in sums.items())))
    heads = (_("Granskade"), _("Bekräftade"), _("varav undvikbara (3–4)"), _("varav övriga"), _("Avvisade"))
    composer.table(
        _("Granskade ärenden efter den vårdgivare som gjorde primäroperationen, i ordning efter antal."),
        Grid((words(_("Opererad hos"), 2.2), *(Column(head) for head in heads)), rows, totals=1),
        Notes(
            _("Antalen säger inget om andelen av vårdgivarens operationer, och tabellen är ingen rangordning."),
            _("Övriga är bedömda som 1–2 eller inte bedömda."),
            footnotes.suppressed(cells),
        ),
    )
