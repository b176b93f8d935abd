"""The protocol of a review round as tables for a workbook: the same numbers as on paper, and every case and answer.

What leaves the department (small numbers hidden) has no sheet that shows single cases, and `<5` for small numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.identity import hidden
from kvalitetsapp.domain.review_protocol import QUESTION_WORDS
from kvalitetsapp.domain.reviewer_agreement import WEIGHT_WORDS, reason_text
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import ledger_of_review, ledgers
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.reports.phrases import at_provider, time_used
from kvalitetsapp.reports.sections import review_method
from kvalitetsapp.reports.sections.findings_of_review import answer_word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.review_protocol import Counts, ProtocolAnswer, ProtocolCase, ProtocolData, Results
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.domain.table import Row, Value
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.ledger import Name

SUMMARY: Final = (
    Column("part", Kind.TEXT, N_("Avsnitt")),
    Column("what", Kind.TEXT, N_("Uppgift")),
    Column("said", Kind.TEXT, N_("Text")),
    Column("count", Kind.INTEGER, N_("Antal")),
    Column("share", Kind.RATE, N_("Andel")),
    Column("low", Kind.RATE, N_("95 % KI från")),
    Column("high", Kind.RATE, N_("95 % KI till")),
)
_OF_CASE: Final = (
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("index_provider", Kind.TEXT, N_("Opererad hos")),
    Column("days", Kind.INTEGER, N_("Dagar")),
)
_OF_ANSWER: Final = (
    Column("decision", Kind.CODE, N_("Beslut"), "verdict"),
    Column("relation", Kind.CODE, N_("Samband"), "relation"),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("harm_severity", Kind.CODE, N_("Skadans allvar"), "harm_severity"),
    Column("clavien_dindo", Kind.CODE, N_("Clavien-Dindo"), "clavien_dindo"),
    Column("avoidability", Kind.CODE, N_("Undvikbarhet"), "avoidability"),
    Column("infection_level", Kind.CODE, N_("Infektionens säkerhet"), "infection_level"),
    Column("organism", Kind.CODE, N_("Bakterie"), "organism"),
    Column("cultures_taken", Kind.INTEGER, N_("Odlingar tagna")),
    Column("cultures_positive", Kind.INTEGER, N_("Odlingar positiva")),
    Column("treatment", Kind.CODE, N_("Behandling"), "treatment"),
    Column("outcome", Kind.CODE, N_("Utfall"), "outcome"),
    Column("pointer", Kind.TEXT, N_("Hänvisning till journalen")),
)
CASES: Final = (
    *_OF_CASE,
    Column("surgery_level", Kind.CODE, N_("Kirurgi"), "surgery_level"),
    Column("state", Kind.CODE, N_("Läge"), "case_state"),
    Column("novelty", Kind.CODE, N_("Mot förra omgången"), "novelty"),
    *_OF_ANSWER,
    Column("part", Kind.CODE, N_("Svarets slag"), "answer_part"),
    Column("reviewers", Kind.TEXT, N_("Granskare")),
)
ANSWERS: Final = (
    *_OF_CASE,
    Column("reviewer", Kind.TEXT, N_("Granskare")),
    Column("part", Kind.CODE, N_("Svarets slag"), "answer_part"),
    Column("answered_on", Kind.DATE, N_("Svarsdatum")),
    Column("seconds", Kind.INTEGER, N_("Sekunder")),
    *_OF_ANSWER,
)
AGREEMENT: Final = (
    Column("question", Kind.TEXT, N_("Fråga")),
    Column("pairs", Kind.INTEGER, N_("Par")),
    Column("left_out", Kind.INTEGER, N_("Utan svar av båda")),
    Column("agreed", Kind.INTEGER, N_("Lika")),
    Column("share", Kind.RATE, N_("Andel lika")),
    Column("kappa", Kind.DECIMAL, N_("Kappa")),
    Column("low", Kind.DECIMAL, N_("95 % KI från")),
    Column("high", Kind.DECIMAL, N_("95 % KI till")),
    Column("weights", Kind.TEXT, N_("Vägning")),
    Column("said", Kind.TEXT, N_("Text")),
)
DEFINITIONS: Final = (
    Column("word", Kind.TEXT, N_("Ord")),
    Column("meaning", Kind.TEXT, N_("Betydelse")),
)


def sheets(data: ProtocolData) -> list[tuple[str, Table]]:
    """Return the sheets of the workbook with their titles, in their order."""
    cells = ledgers.cells_of(data)
    made = [(_("Sammanfattning"), Table(SUMMARY, list(_summary(data, cells))))]
    if not cells.suppress:
        made.append((_("Ärenden"), Table(CASES, [_case(one) for one in data.cases])))
        if data.answers_to_show:
            made.append((_("Svar per granskare"), Table(ANSWERS, [_answer(one) for one in data.answers_to_show])))
    if data.agreement:
        made.append((_("Samstämmighet"), Table(AGREEMENT, [_agreement(one, cells) for one in data.agreement])))
    return [*made, (_("Definitioner"), Table(DEFINITIONS, list(_definitions())))]


def _summary(data: ProtocolData, cells: Cells) -> Iterator[Row]:
    head, progress = data.head, data.progress
    yield from _said(_("Omgången"), [(_("Namn"), head.name), *head.definition])
    frozen = (_("Fryst"), head.frozen_on), (_("Fryst av"), head.frozen_by), (_("Data till och med"), head.data_cut)
    closed = (_("Avslutad"), head.closed_on or _("Pågår")), (_("Avslutad av"), head.closed_by)
    yield from _said(_("Omgången"), [*frozen, *closed])
    yield from _said(_("Underlag"), [(_("Fingeravtryck"), data.manifest.fingerprint)])
    states = ("done", "open", "waiting", "differs", "gone")
    every = (names.of_round("cases"), progress.cases)
    parts = [(word("case_state", one), names.of_round(one), getattr(progress, one)) for one in states]
    yield from _counted(_("Läge"), parts, every, cells)
    if data.earlier is not None:
        novelties = ("new", "changed", "known")
        parts = [(word("novelty", one), names.of_round(one), getattr(progress, one)) for one in novelties]
        yield from _counted(_("Mot förra omgången"), parts, every, cells)
    yield from _work(data, cells)
    yield from _around(data, cells)
    for counts in data.results.counts:
        yield from _results(counts, cells)
    yield from _avoidable(data.results, cells)
    providers = [
        (at_provider(one.name), names.reviewed_at(one.name, "reviewed"), one.reviewed)
        for one in data.results.providers
    ]
    yield from _counted(_("Opererad hos"), providers, (names.found("reviewed"), data.results.reviewed), cells)


def _avoidable(results: Results, cells: Cells) -> Iterator[Row]:
    """Give the share of avoidable harm, rounded and without its interval in the strict mode."""
    share = results.avoidable
    if share.n and ledger_of_review.share_told(share, results.confirmed, cells):
        told = (cells.portion(share.events, share.n), *((None, None) if cells.strict else (share.low, share.high)))
        yield (_("Undvikbarhet"), _("Vårdskada (3–4) av bedömda"), "", None, *told)


def _work(data: ProtocolData, cells: Cells) -> Iterator[Row]:
    """Give a row for each reviewer and one for all: answers, the time used, and the time of a case (median)."""
    answers, seconds = sum(one.answers for one in data.reviewers), sum(one.seconds for one in data.reviewers)
    told = [(one.name, names.given(one.name), one.answers, one.seconds, one.median_seconds) for one in data.reviewers]
    for name, entry, count, used, median in [
        *told,
        (_("Alla"), names.given(), answers, seconds, data.median_seconds or 0),
    ]:
        if cells.hides(entry, count):
            yield (_("Granskare"), name, cells.at(entry, count), None, None, None, None)
        else:
            said = _("{time}, per ärende {median} (median)").format(time=time_used(used), median=time_used(median))
            yield (_("Granskare"), name, said, cells.rounded(count), None, None, None)


def _around(data: ProtocolData, cells: Cells) -> Iterator[Row]:
    asked, missed = data.questions, data.missed
    parts = [
        (_("Besvarade"), names.asked("answered"), asked.answered),
        (_("Obesvarade"), names.asked("unanswered"), asked.asked - asked.answered),
    ]
    yield from _counted(_("Frågor till vårdgivare"), parts, (names.asked("asked"), asked.asked), cells)
    parts = [(word("missed_decision", one), names.missed(one), getattr(missed, one)) for one in ("harm", "no_harm")]
    every = (names.missed("judged"), missed.harm + missed.no_harm)
    yield from _counted(_("Missade händelser, bedömda"), parts, every, cells)


def _said(part: str, told: Iterable[tuple[str, str]]) -> Iterator[Row]:
    for what, text in told:
        yield (part, what, text, None, None, None, None)


def _results(counts: Counts, cells: Cells) -> Iterator[Row]:
    named = [
        (answer_word(counts.question, code), names.answered(counts.question, code), count)
        for code, count in counts.counts
    ]
    every = (names.answered(counts.question), counts.total)
    yield from _counted(_(QUESTION_WORDS[counts.question]), named, every, cells)


def _counted(
    part: str, named: Sequence[tuple[str, Name, int]], every: tuple[Name, int], cells: Cells
) -> Iterator[Row]:
    """Give a row for each count and one for their total; a number that must be hidden is told as text instead."""
    _name, total = every
    few = cells.hides(*every) or (cells.suppress and total < LEAST_DENOMINATOR)
    for what, name, count in [*named, (_("Alla"), *every)]:
        visible = not cells.hides(name, count)
        share = cells.portion(count, total) if total and visible and not few else None
        told = cells.rounded(count) if visible else None
        yield (part, what, "" if visible else cells.at(name, count), told, share, None, None)


def _case(one: ProtocolCase) -> Row:
    return (
        *_of_case(one),
        one.surgery_level,
        one.state.value,
        one.novelty.value,
        *_of_answer(one.answer),
        one.part.value if one.part else "",
        ", ".join(one.reviewers),
    )


def _answer(one: ProtocolAnswer) -> Row:
    return (
        *_of_case(one.case),
        one.reviewer,
        one.part.value,
        one.answered_on,
        one.seconds,
        *_of_answer(one.answer),
    )


def _of_case(one: ProtocolCase) -> tuple[Value, ...]:
    return (one.event_ref, one.joint, one.side, one.event_date, at_provider(one.provider), one.days)


def _of_answer(answer: Answer) -> tuple[Value, ...]:
    told = {column.name: getattr(answer, column.name) for column in _OF_ANSWER}
    told["decision"] = answer.decision.value if answer.decision else ""
    told["pointer"] = hidden(answer.pointer)
    return tuple(told.values())


def _agreement(one: ReviewerAgreement, cells: Cells) -> Row:
    question, weights = _(QUESTION_WORDS[one.question]), _(WEIGHT_WORDS[one.weights])
    counts = {"both": one.n, "left_out": one.left_out}
    shown = [
        None if cells.hides(names.pairs(name, one.question), count) else cells.rounded(count)
        for name, count in counts.items()
    ]
    if not ledger_of_review.kappa_told(one, cells):
        return (question, *shown, None, None, "", "", "", weights, _("För få par för att visas."))
    return (
        question,
        *shown,
        cells.rounded(one.agreed),
        cells.portion(one.agreed, one.n) if one.n else None,
        *(_two_decimals(value) for value in (one.kappa, one.low, one.high)),
        weights,
        reason_text(one.why_none),
    )


def _two_decimals(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _definitions() -> Iterator[Row]:
    for title, meaning in review_method.definitions():
        yield (title.rstrip("."), meaning)
    for source in review_method.sources():
        yield (_("Källa"), source)
