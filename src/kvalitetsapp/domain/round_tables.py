"""Review rounds, their cases, who did what, and comparisons as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.review_protocol import QUESTION_WORDS
from kvalitetsapp.domain.review_round import CaseState, Novelty
from kvalitetsapp.domain.reviewer_agreement import WEIGHT_WORDS, reason_text
from kvalitetsapp.domain.round_comparison import LABELS, VOCABULARIES, Question
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kvalitetsapp.domain.review_round import RoundDefinition
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.domain.round_comparison import ComparedCase, PlacedCase, RoundComparison
    from kvalitetsapp.domain.round_definition import RoundPreview
    from kvalitetsapp.domain.round_progress import RoundCase, RoundProgress

_EVENT: Final[tuple[Column, ...]] = (
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
)
ROUNDS: Final[tuple[Column, ...]] = (
    Column("round", Kind.INTEGER, N_("Omgång nr")),
    Column("name", Kind.TEXT, N_("Omgång")),
    Column("definition", Kind.TEXT, N_("Definition")),
    Column("repeats", Kind.TEXT, N_("Upprepar")),
    Column("reviewers_per_case", Kind.INTEGER, N_("Granskare per händelse")),
    Column("created_on", Kind.DATE, N_("Fryst")),
    Column("created_by", Kind.TEXT, N_("Fryst av")),
    Column("closed_on", Kind.DATE, N_("Stängd")),
    Column("cases", Kind.INTEGER, N_("Händelser")),
    Column(Novelty.NEW.value, Kind.INTEGER, N_("Nya")),
    Column(Novelty.CHANGED.value, Kind.INTEGER, N_("Ändrade")),
    Column(Novelty.KNOWN.value, Kind.INTEGER, N_("Kända")),
    Column(CaseState.OPEN.value, Kind.INTEGER, N_("Ej granskade")),
    Column(CaseState.WAITING.value, Kind.INTEGER, N_("Väntar")),
    Column(CaseState.DIFFERS.value, Kind.INTEGER, N_("Skiljer sig")),
    Column(CaseState.DONE.value, Kind.INTEGER, N_("Klara")),
    Column(CaseState.GONE.value, Kind.INTEGER, N_("Borta")),
    Column("seconds", Kind.INTEGER, N_("Sekunder")),
)
REVIEWERS: Final[tuple[Column, ...]] = (
    Column("round", Kind.INTEGER, N_("Omgång nr")),
    Column("name", Kind.TEXT, N_("Omgång")),
    Column("reviewer", Kind.TEXT, N_("Granskare")),
    Column("answers", Kind.INTEGER, N_("Svar")),
    Column("seconds", Kind.INTEGER, N_("Sekunder")),
    Column("median_seconds", Kind.INTEGER, N_("Sekunder, median")),
    Column("first_day", Kind.DATE, N_("Första dagen")),
    Column("last_day", Kind.DATE, N_("Sista dagen")),
)
CASES: Final[tuple[Column, ...]] = (
    *_EVENT,
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("surgery_level", Kind.CODE, N_("Kirurgi"), "surgery_level"),
    Column("novelty", Kind.CODE, N_("Nyhet"), "novelty"),
    Column("state", Kind.CODE, N_("Läge"), "case_state"),
    Column("decision", Kind.CODE, N_("Beslut"), "verdict"),
    Column("earlier_decision", Kind.CODE, N_("Förra beslutet"), "verdict"),
    Column("remark", Kind.TEXT, N_("Att veta")),
)
PREVIEW: Final[tuple[Column, ...]] = (
    Column("by", Kind.TEXT, N_("Uppdelning")),
    Column("value", Kind.TEXT, N_("Värde")),
    Column("events", Kind.INTEGER, N_("Händelser")),
)


def _beside(question: Question, earlier: str, later: str) -> tuple[Column, Column]:
    """Return the columns of what the two rounds say about a question."""
    vocabulary = VOCABULARIES.get(question, "")
    kind = Kind.CODE if vocabulary else Kind.TEXT
    return (
        Column(f"earlier_{question.value}", kind, earlier, vocabulary),
        Column(f"later_{question.value}", kind, later, vocabulary),
    )


COMPARISON: Final[tuple[Column, ...]] = (
    *_EVENT,
    Column("rounds", Kind.TEXT, N_("Finns i")),
    Column("changed", Kind.TEXT, N_("Ändrat")),
    *_beside(Question.DECISION, N_("Beslut, tidigare"), N_("Beslut, senare")),
    *_beside(Question.INDEX_OPERATION, N_("Primäroperation, tidigare"), N_("Primäroperation, senare")),
    *_beside(Question.COMPLICATION_CLASS, N_("Komplikation, tidigare"), N_("Komplikation, senare")),
    *_beside(Question.HARM_SEVERITY, N_("Allvar, tidigare"), N_("Allvar, senare")),
    *_beside(Question.AVOIDABILITY, N_("Undvikbarhet, tidigare"), N_("Undvikbarhet, senare")),
)
COUNTS: Final[tuple[Column, ...]] = (
    Column("question", Kind.TEXT, N_("Fråga")),
    Column("value", Kind.TEXT, N_("Svar")),
    Column("earlier", Kind.INTEGER, N_("Tidigare omgången")),
    Column("later", Kind.INTEGER, N_("Senare omgången")),
)
AGREEMENT: Final[tuple[Column, ...]] = (
    Column("question", Kind.TEXT, N_("Fråga")),
    Column("same", Kind.INTEGER, N_("Samma svar")),
    Column("changed", Kind.INTEGER, N_("Annat svar")),
)

KAPPA: Final[tuple[Column, ...]] = (
    Column("question", Kind.TEXT, N_("Fråga")),
    Column("n", Kind.INTEGER, N_("Par")),
    Column("agreed", Kind.INTEGER, N_("Lika")),
    Column("kappa", Kind.DECIMAL, N_("Kappa")),
    Column("low", Kind.DECIMAL, N_("95 % KI från")),
    Column("high", Kind.DECIMAL, N_("95 % KI till")),
    Column("weights", Kind.TEXT, N_("Vägning")),
    Column("remark", Kind.TEXT, N_("Att veta")),
)


def rounds_table(rounds: Iterable[RoundProgress], text: Callable[[RoundDefinition], str]) -> Table:
    """Return rounds as rows of `ROUNDS`; `text` says a definition."""
    every = list(rounds)
    names = {one.round.round_id: one.round.name for one in every}
    return Table(ROUNDS, [_round_row(one, names, text(one.round.definition)) for one in every])


def reviewers_table(rounds: Iterable[RoundProgress]) -> Table:
    """Return who has done what in which round, as rows of `REVIEWERS`."""
    rows: list[Row] = [
        (
            *(progress.round.round_id, progress.round.name),
            *(one.reviewer, one.answers, one.seconds, one.median_seconds),
            *(one.first_day.isoformat(), one.last_day.isoformat()),
        )
        for progress in rounds
        for one in progress.reviewers
    ]
    return Table(REVIEWERS, rows)


def cases_table(cases: Iterable[RoundCase]) -> Table:
    """Return the cases of a round as rows of `CASES`, in their order."""
    rows: list[Row] = [
        (
            *(one.event_ref, one.key.joint, one.key.side, one.event.event_date, one.event.index_ref),
            *(one.event.complication_class, one.event.surgery_level, one.novelty.value, one.state.value),
            *(one.decision, one.earlier_decision, one.said),
        )
        for one in cases
    ]
    return Table(CASES, rows)


def preview_table(preview: RoundPreview, names: Mapping[str, str]) -> Table:
    """Return a preview as rows of `PREVIEW`; `names` are the providers'."""
    rows: list[Row] = [(_("Alla"), "", preview.events), (_("Redan beslutade"), "", preview.decided)]
    for label, vocabulary, counted in (
        (_("Led"), "joint", preview.joints),
        (_("Komplikation"), "complication_class", preview.classes),
        (_("Nyhet"), "novelty", preview.novelties),
    ):
        rows += [(label, word(vocabulary, code), events) for code, events in sorted(counted.items())]
    no_one = _("Ingen känd operation")
    rows += [
        (_("Opererad hos"), names.get(one, one) or no_one, events) for one, events in sorted(preview.providers.items())
    ]
    return Table(PREVIEW, rows)


def comparison_table(comparison: RoundComparison) -> Table:
    """Return what two rounds say of every event, as rows of `COMPARISON`."""
    return Table(COMPARISON, [_compared_row(one) for one in comparison.cases])


def counts_table(comparison: RoundComparison) -> Table:
    """Return the answers of two rounds counted side by side, as rows of `COUNTS`."""
    rows: list[Row] = [
        (_(LABELS[one.question]), _answer_word(one.question, one.code), one.earlier, one.later)
        for one in comparison.counts
    ]
    return Table(COUNTS, rows)


def agreement_table(comparison: RoundComparison) -> Table:
    """Return how answers given anew agree with the earlier ones, as rows of `AGREEMENT`."""
    return Table(AGREEMENT, [(_(LABELS[one.question]), one.same, one.changed) for one in comparison.agreement])


def kappa_table(agreement: Iterable[ReviewerAgreement]) -> Table:
    """Return how two reviewers agree on each question, as rows of `KAPPA`."""
    rows: list[Row] = [
        (
            *(_(QUESTION_WORDS[one.question]), one.n, one.agreed),
            *(_two_decimals(value) for value in (one.kappa, one.low, one.high)),
            *(_(WEIGHT_WORDS[one.weights]), reason_text(one.why_none)),
        )
        for one in agreement
    ]
    return Table(KAPPA, rows)


def _two_decimals(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _round_row(progress: RoundProgress, names: Mapping[int, str], definition: str) -> Row:
    one = progress.round
    return (
        *(one.round_id, one.name, definition, "" if one.previous is None else names.get(one.previous, "")),
        *(one.definition.reviewers_per_case, one.created_at[:10], one.created_by, one.closed_at[:10], progress.cases),
        *(progress.novelties[novelty] for novelty in Novelty),
        *(progress.states[state] for state in CaseState),
        progress.seconds,
    )


def _compared_row(one: ComparedCase) -> Row:
    said = (_said(case, question) for question in Question for case in (one.earlier, one.later))
    changed = ", ".join(_(LABELS[question]) for question in one.changed)
    return (one.event_ref, one.key.joint, one.key.side, _where(one), changed, *said)


def _said(case: PlacedCase | None, question: Question) -> str:
    return "" if case is None else case.said(question)


def _where(one: ComparedCase) -> str:
    if one.earlier is None:
        return _("bara den senare")
    if one.later is None:
        return _("bara den tidigare")
    return _("båda, svaret övertaget") if one.is_carried else _("båda")


def _answer_word(question: Question, code: str) -> str:
    return word(VOCABULARIES[question], code) if code else _("Inget svar")
