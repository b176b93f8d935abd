"""Review rounds as the window lists them: rounds, who has worked, their cases and how two reviewers agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.review_protocol import QUESTION_WORDS
from kvalitetsapp.domain.review_round import CaseState, Novelty
from kvalitetsapp.domain.reviewer_agreement import reason_text
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_, NOTHING, _, decimal, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.domain.round_progress import ReviewerWork, RoundCase, RoundProgress

OVERVIEW: Final = (
    Column("name", Kind.TEXT, N_("Omgång")),
    Column("cases", Kind.INTEGER, N_("Händelser")),
    Column("done", Kind.INTEGER, N_("Klara")),
    Column("left", Kind.INTEGER, N_("Kvar")),
    Column("differs", Kind.INTEGER, N_("Skiljer sig")),
    Column("seconds", Kind.INTEGER, N_("Tid")),
    Column("created_on", Kind.DATE, N_("Fryst")),
    Column("closed_on", Kind.DATE, N_("Stängd")),
    Column("definition", Kind.TEXT, N_("Definition")),
)
WORK: Final = (
    Column("reviewer", Kind.TEXT, N_("Granskare")),
    Column("answers", Kind.INTEGER, N_("Svar")),
    Column("seconds", Kind.INTEGER, N_("Tid")),
    Column("median_seconds", Kind.INTEGER, N_("Median per svar")),
    Column("last_day", Kind.DATE, N_("Senast")),
)
CASES: Final = (
    Column("state", Kind.CODE, N_("Läge"), "case_state"),
    Column("novelty", Kind.CODE, N_("Nyhet"), "novelty"),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("surgery_level", Kind.CODE, N_("Kirurgi"), "surgery_level"),
    Column("index_provider", Kind.TEXT, N_("Opererad hos")),
    Column("decision", Kind.CODE, N_("Beslut"), "verdict"),
    Column("earlier_decision", Kind.CODE, N_("Förra beslutet"), "verdict"),
    Column("remark", Kind.TEXT, N_("Vad som har ändrats")),
)
AGREEMENT: Final = (
    Column("question", Kind.TEXT, N_("Fråga")),
    Column("pairs", Kind.INTEGER, N_("Par")),
    Column("agreed", Kind.RATE, N_("Lika svar")),
    Column("kappa", Kind.TEXT, N_("Kappa (95 % KI)")),
    Column("remark", Kind.TEXT, N_("Varför inget tal")),
)
SHORT_WORDS: Final = {
    "state": {
        CaseState.OPEN.value: N_("Ej granskad"),
        CaseState.WAITING.value: N_("Väntar"),
        CaseState.DIFFERS.value: N_("Skiljer sig"),
        CaseState.DONE.value: N_("Klar"),
        CaseState.GONE.value: N_("Borta"),
    },
    "novelty": {
        Novelty.NEW.value: N_("Ny"),
        Novelty.CHANGED.value: N_("Ändrad"),
        Novelty.KNOWN.value: N_("Känd"),
    },
}
"""What stands in the columns of a table of cases, which have no room for the whole words."""
_MINUTE: Final = 60
_HOUR: Final = 3600


def duration(seconds: int) -> str:
    """Return a time of work as a person says it: `45 s`, `3 min 20 s`, `1 h 5 min`; none at all is a dash."""
    if seconds >= _HOUR:
        return _("{h} h {min} min").format(h=number(seconds // _HOUR), min=seconds % _HOUR // _MINUTE)
    if seconds >= _MINUTE:
        return _("{min} min {s} s").format(min=seconds // _MINUTE, s=seconds % _MINUTE)
    return _("{s} s").format(s=seconds) if seconds else NOTHING


def durations(table: Table, *columns: str) -> dict[str, dict[str, str]]:
    """Return labels that show columns of seconds as times, still sorted by how long they are."""
    return {name: {str(row[name]): duration(int(row[name] or 0)) for row in table.records()} for name in columns}


def short_words() -> dict[str, dict[str, str]]:
    """Return labels for the columns of `CASES` that hold long words."""
    return {column: {code: _(text) for code, text in words.items()} for column, words in SHORT_WORDS.items()}


def progress_text(progress: RoundProgress) -> str:
    """Return how far a round has come, as `12 av 60 klara · 3 skiljer sig · 45 kvar`."""
    states = progress.states
    done = _("{n} av {total} klara").format(n=number(states[CaseState.DONE]), total=number(progress.cases))
    rest = (
        (states[CaseState.DIFFERS], _("{n} skiljer sig")),
        (states[CaseState.OPEN], _("{n} kvar")),
        (states[CaseState.WAITING], _("{n} väntar på den andra granskaren")),
        (states[CaseState.GONE], _("{n} finns inte längre")),
    )
    return " · ".join([done, *(text.format(n=number(count)) for count, text in rest if count)])


def overview_table(rounds: Iterable[RoundProgress], definitions: Mapping[int, str]) -> Table:
    """Return rounds as rows of `OVERVIEW`; `left` are the cases that lack an answer."""
    return Table(OVERVIEW, [_overview_row(one, definitions[one.round.round_id]) for one in rounds])


def work_table(reviewers: Iterable[ReviewerWork]) -> Table:
    """Return who has done what, as rows of `WORK`."""
    rows: list[Row] = [
        (one.reviewer, one.answers, one.seconds, one.median_seconds, one.last_day.isoformat()) for one in reviewers
    ]
    return Table(WORK, rows)


def cases_table(cases: Iterable[RoundCase]) -> Table:
    """Return the cases of a round as rows of `CASES`, in their order."""
    rows: list[Row] = [
        (
            *(one.state.value, one.novelty.value, one.event_ref, one.event.event_date, one.key.joint, one.key.side),
            *(one.event.complication_class, one.event.surgery_level, one.event.index_provider),
            *(one.decision, one.earlier_decision, one.said),
        )
        for one in cases
    ]
    return Table(CASES, rows)


def agreement_table(agreement: Iterable[ReviewerAgreement]) -> Table:
    """Return how two reviewers agree on each question, as rows of `AGREEMENT`."""
    rows: list[Row] = [
        (_(QUESTION_WORDS[one.question]), one.n, one.agreed / one.n if one.n else None, _kappa(one), _why(one))
        for one in agreement
    ]
    return Table(AGREEMENT, rows)


def _overview_row(progress: RoundProgress, definition: str) -> Row:
    one, states = progress.round, progress.states
    left = states[CaseState.OPEN] + states[CaseState.WAITING]
    return (
        *(one.name, progress.cases, states[CaseState.DONE], left, states[CaseState.DIFFERS], progress.seconds),
        *(one.created_at[:10], one.closed_at[:10], definition),
    )


def _kappa(one: ReviewerAgreement) -> str:
    if one.kappa is None:
        return NOTHING
    if one.low is None or one.high is None:
        return decimal(one.kappa, 2)
    return _("{kappa} ({low}–{high})").format(
        kappa=decimal(one.kappa, 2), low=decimal(one.low, 2), high=decimal(one.high, 2)
    )


def _why(one: ReviewerAgreement) -> str:
    return reason_text(one.why_none)
