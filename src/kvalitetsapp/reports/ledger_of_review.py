"""What the protocol of a review round counts of its cases, and what answers to the review form add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.review_round import CaseState, Novelty
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR, Cells
from kvalitetsapp.reports.ledger import BEFORE, NOW, Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import FormReview, Share
    from kvalitetsapp.domain.review_protocol import (
        Comparison,
        Counts,
        InfectionCounts,
        MissedFindings,
        Progress,
        ProtocolData,
        ProviderCounts,
        QuestionsAsked,
        Results,
        ReviewerWork,
    )
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.reports.ledger import Entry

_OF_ALL: Final = frozenset({"decision", "relation"})
_INFECTION: Final = "infection"
_TWO: Final = 2


def protocol(ledger: Ledger, data: ProtocolData) -> None:
    """Enter everything that the protocol of a round counts."""
    done = progress(ledger, data)
    results = data.results
    reviewed = ledger.put(names.found("reviewed"), results.reviewed)
    ledger.inside(reviewed, done)
    decided(ledger, results.reviewed, results.confirmed, NOW)
    answers(ledger, results.counts, results.reviewed, results.confirmed)
    avoidable(ledger, results.avoidable, results.confirmed, NOW)
    infections(ledger, results.infections, results.counts)
    providers(ledger, results.providers)
    if data.earlier is not None:
        earlier(ledger, data.earlier, done)
    agreement(ledger, data.agreement)
    if data.agreement:
        _pairs_of_cases(ledger, data.agreement[0], data.progress, data.reviewers)
    _work(ledger, data.reviewers)
    _beside(ledger, data.questions, data.missed)


def cells_of_form(form: FormReview, cells: Cells) -> Cells:
    """Return how the answers to the form are written in a report on more than them, protected among themselves."""
    ledger = Ledger()
    decided(ledger, form.reviewed, form.confirmed, NOW)
    answers(ledger, form.counts, form.reviewed, form.confirmed)
    avoidable(ledger, form.avoidable, form.confirmed, NOW)
    agreement(ledger, form.agreement)
    parts = [
        ledger.put(names.found("by_two"), form.by_two),
        ledger.put(names.found("by_one"), form.reviewed - form.by_two),
    ]
    ledger.total(ledger.put(names.found("reviewed"), form.reviewed), parts)
    return Cells(cells.mode, {**cells.told, **ledger.shown(cells)})


def progress(ledger: Ledger, data: ProtocolData) -> Entry:
    """Enter how far the cases have come, what they are beside the round before, and what was settled; return done."""
    told = data.progress
    cases = ledger.put(names.of_round("cases"), told.cases)
    states = {one.value: ledger.put(names.of_round(one.value), getattr(told, one.value)) for one in CaseState}
    ledger.total(cases, states.values())
    open_ones = [one for name, one in states.items() if name not in {CaseState.DONE.value, CaseState.GONE.value}]
    ledger.total(ledger.put(names.of_round("undecided"), len(data.undecided)), open_ones)
    if data.earlier is not None:
        ledger.total(cases, [ledger.put(names.of_round(one.value), getattr(told, one.value)) for one in Novelty])
    done = states[CaseState.DONE.value]
    ledger.inside(ledger.put(names.of_round("settled"), len(data.settled)), done)
    return done


def decided(ledger: Ledger, reviewed: int, confirmed: int, when: str) -> None:
    """Enter the reviewed cases as confirmed and rejected."""
    parts = [
        ledger.put(names.found("confirmed", when), confirmed),
        ledger.put(names.found("rejected", when), reviewed - confirmed),
    ]
    ledger.total(ledger.put(names.found("reviewed", when), reviewed), parts)


def answers(ledger: Ledger, rows: Sequence[Counts], reviewed: int, confirmed: int) -> None:
    """Enter the answers to every question: of all reviewed, of the confirmed, or of the infections among them."""
    told = {one.question: _answers_to(ledger, one, NOW) for one in rows}
    yes = ledger.put(names.found("confirmed"), confirmed)
    no = ledger.put(names.found("rejected"), reviewed - confirmed)
    classes = told.get("complication_class", {})
    for one in rows:
        asked = ledger.put(names.found("reviewed"), reviewed) if one.question in _OF_ALL else yes
        if one.question == "infection_level":
            asked = classes.get(_INFECTION, yes)
        ledger.inside(ledger.put(names.answered(one.question), one.total), asked)
    for question, codes, whole in (
        ("decision", ("confirmed",), yes),
        ("decision", ("rejected",), no),
        ("relation", ("certain", "probable"), yes),
        ("relation", ("unlikely", "none"), no),
    ):
        ledger.total(whole, [told[question][code] for code in codes if code in told.get(question, {})])


def avoidable(ledger: Ledger, share: Share, confirmed: int, when: str) -> None:
    """Enter how many were judged avoidable, not so, and not judged; a rate tells all three.

    Of this round the answers that they add up to are printed as well.
    """
    harm = ledger.put(names.found("avoidable", when), share.events)
    not_so = ledger.put(names.found("unavoidable", when), share.n - share.events, unseen=True)
    other = ledger.put(names.found("other", when), confirmed - share.events, unseen=when == BEFORE)
    unjudged = ledger.put(names.found("unjudged", when), confirmed - share.n, unseen=when == BEFORE)
    ledger.total(ledger.put(names.found("confirmed", when), confirmed), [harm, other])
    ledger.total(other, [not_so, unjudged])
    if when == NOW:
        for whole, codes in ((harm, ("3", "4")), (not_so, ("1", "2")), (unjudged, ("",))):
            parts = [one for code in codes for one in ledger.named(names.answered("avoidability", code))]
            ledger.total(whole, parts)


def share_told(share: Share, confirmed: int, cells: Cells, when: str = NOW) -> bool:
    """Tell whether the share of avoidable harm may be shown: no count that it would give is few or hidden."""
    few = (share.n - share.events, confirmed - share.n)
    told = {"avoidable": share.events, "confirmed": confirmed, "unjudged": confirmed - share.n}
    return (
        cells.tells(share)
        and not any(map(cells.small, few))
        and not any(cells.hides(names.found(name, when), count) for name, count in told.items())
    )


def infections(ledger: Ledger, tables: Sequence[InfectionCounts], rows: Sequence[Counts]) -> None:
    """Enter infections by what they were answered to be and how certain they are."""
    total = sum(one.total for one in rows if one.question == "infection_level")
    for one in tables:
        lines = {code: ledger.put(names.infections(one.question, code), sum(row)) for code, row in one.rows}
        for code, row in one.rows:
            cells = zip(one.levels, row, strict=True)
            ledger.total(
                lines[code], [ledger.put(names.infections(one.question, code, level), n) for level, n in cells]
            )
            for whole in ledger.named(names.answered(one.question, code)):
                ledger.inside(lines[code], whole)
        for place, level in enumerate(one.levels):
            parts = [ledger.put(names.infections(one.question, code, level), row[place]) for code, row in one.rows]
            ledger.total(
                ledger.put(names.answered("infection_level", level), sum(row[place] for _code, row in one.rows)), parts
            )
        ledger.total(ledger.put(names.answered("infection_level"), total), lines.values())


def providers(ledger: Ledger, rows: Sequence[ProviderCounts]) -> None:
    """Enter what was found of the cases operated on at every provider."""
    if not rows:
        return
    columns = [of_provider(one) for one in rows]
    for one, told in zip(rows, columns, strict=True):
        entered = {name: ledger.put(names.reviewed_at(one.name, name), count) for name, count in told.items()}
        ledger.total(entered["confirmed"], [entered["avoidable"], entered["other"]])
        ledger.total(entered["reviewed"], [entered["confirmed"], entered["rejected"]])
    for name in columns[0]:
        total = ledger.put(names.found(name), sum(told[name] for told in columns))
        ledger.total(
            total,
            [
                ledger.put(names.reviewed_at(one.name, name), told[name])
                for one, told in zip(rows, columns, strict=True)
            ],
        )


def of_provider(one: ProviderCounts) -> dict[str, int]:
    """Return the columns of a provider."""
    return {
        "reviewed": one.reviewed,
        "confirmed": one.confirmed,
        "avoidable": one.avoidable,
        "other": one.confirmed - one.avoidable,
        "rejected": one.rejected,
    }


def earlier(ledger: Ledger, one: Comparison, done: Entry) -> None:
    """Enter the round before, and how many cases are in both and are judged otherwise now."""
    before = one.before
    decided(ledger, before.reviewed, before.confirmed, BEFORE)
    avoidable(ledger, before.avoidable, before.confirmed, BEFORE)
    classes = classes_of(before)
    _answers_to(ledger, classes, BEFORE)
    ledger.inside(
        ledger.put(names.answered(classes.question, when=BEFORE), classes.total),
        ledger.put(names.found("confirmed", BEFORE), before.confirmed),
    )
    both = ledger.put(names.of_round("in_both"), one.in_both)
    ledger.inside(both, done)
    ledger.inside(both, ledger.put(names.found("reviewed", BEFORE), before.reviewed))
    ledger.inside(ledger.put(names.of_round("judged_otherwise"), judged_otherwise(one)), both)


def classes_of(results: Results) -> Counts:
    """Return the confirmed by class."""
    return next(one for one in results.counts if one.question == "complication_class")


def judged_otherwise(one: Comparison) -> int:
    """Return how many cases have another decision or class than in the round before."""
    return len({change.event_ref for change in one.changes})


def agreement(ledger: Ledger, rows: Sequence[ReviewerAgreement]) -> None:
    """Enter the pairs of answers to every question: both answered or not, and alike or not."""
    for one in rows:
        both = ledger.put(names.pairs("both", one.question), one.n)
        left_out = ledger.put(names.pairs("left_out", one.question), one.left_out)
        ledger.total(ledger.put(names.pairs("cases"), one.n + one.left_out, unseen=True), [both, left_out])
        alike = ledger.put(names.pairs("agreed", one.question), one.agreed)
        ledger.total(both, [alike, ledger.put(names.pairs("differ", one.question), one.n - one.agreed, unseen=True)])


def kappa_told(one: ReviewerAgreement, cells: Cells) -> bool:
    """Tell whether kappa, and how large a part is alike, may be shown: neither would give a hidden count."""
    if not cells.suppress:
        return True
    hidden = cells.hides(names.pairs("both", one.question), one.n) or cells.hides(
        names.pairs("agreed", one.question), one.agreed
    )
    return one.n >= LEAST_DENOMINATOR and not hidden and not cells.small(one.n - one.agreed)


def _answers_to(ledger: Ledger, one: Counts, when: str) -> dict[str, Entry]:
    told = {code: ledger.put(names.answered(one.question, code, when), count) for code, count in one.counts}
    ledger.total(ledger.put(names.answered(one.question, when=when), one.total), told.values())
    return told


def _pairs_of_cases(ledger: Ledger, one: ReviewerAgreement, told: Progress, reviewers: Sequence[ReviewerWork]) -> None:
    """Relate the pairs to the cases that are done or answered differently, and to what the reviewers answered."""
    count = one.n + one.left_out
    pairs = ledger.put(names.pairs("cases"), count, unseen=True)
    ledger.inside(pairs, ledger.put(names.of_round("cases"), told.cases))
    ledger.total(
        pairs,
        [ledger.put(names.of_round("done"), told.done), ledger.put(names.of_round("differs"), told.differs)],
    )
    if len(reviewers) == _TWO:
        for work in reviewers:
            ledger.inside(pairs, ledger.put(names.given(work.name), work.answers))
    again = ledger.put(names.pairs("again"), count, unseen=True)
    ledger.total(again, [pairs])
    every = sum(work.answers for work in reviewers)
    if every >= _TWO * count:
        ledger.total(ledger.put(names.given(), every), [pairs, again])


def _work(ledger: Ledger, rows: Sequence[ReviewerWork]) -> None:
    every = ledger.put(names.given(), sum(one.answers for one in rows))
    ledger.total(every, [ledger.put(names.given(one.name), one.answers) for one in rows])


def _beside(ledger: Ledger, asked: QuestionsAsked, missed: MissedFindings) -> None:
    unanswered = ledger.put(names.asked("unanswered"), asked.asked - asked.answered)
    ledger.total(
        ledger.put(names.asked("asked"), asked.asked),
        [ledger.put(names.asked("answered"), asked.answered), unanswered],
    )
    ledger.inside(ledger.put(names.asked("late"), asked.late), unanswered)
    ledger.total(
        ledger.put(names.missed("judged"), missed.harm + missed.no_harm),
        [ledger.put(names.missed("harm"), missed.harm), ledger.put(names.missed("no_harm"), missed.no_harm)],
    )
