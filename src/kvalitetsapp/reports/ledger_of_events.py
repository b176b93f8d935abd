"""What a report counts of events, of the cases that they make up, and of what they cost, for its ledger."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, Reason
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.texts import NOTHING, kronor_rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.chart_data import Flow
    from kvalitetsapp.domain.claims_report import Deadlines
    from kvalitetsapp.domain.report_costs import ClaimsRow
    from kvalitetsapp.domain.report_data import ClassCount, CostDistribution, NotCovered, Recovery, Review, Share
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.ledger import Entry, Ledger

CLASS_COLUMNS: Final = ("events", "confirmed", "within_30", "within_90", "within_730", "surgery")
_CLASS_INSIDE: Final = (
    *(("confirmed", "events"), ("within_30", "within_90"), ("within_90", "within_730"), ("within_730", "events")),
    ("surgery", "events"),
)
REVIEW_COLUMNS: Final = ("confirmed", "rejected", "proposed", "ambiguous")
CLAIMS_COLUMNS: Final = ("events", "at_cap", "outside")
ACCOUNT_COLUMNS: Final = ("cases", "events", "missing_cost_events")
POTENTIAL: Final = "potential"
PER_CASE: Final = "case"
PER_EVENT: Final = "event"
_IN_REVIEW: Final = {
    Reason.NOT_CONFIRMED.value: "proposed",
    Reason.AMBIGUOUS.value: "ambiguous",
    Reason.REJECTED.value: "rejected",
}
_TOO_LATE: Final = (Reason.OUTSIDE_WINDOW.value, Reason.ONSET_OUTSIDE.value)


def review(ledger: Ledger, rows: Sequence[Review]) -> None:
    """Enter how far events are reviewed, by year and in all; the reviewed are those confirmed and rejected."""
    for one in rows:
        entered = {name: ledger.put(names.in_review(name, one.year), getattr(one, name)) for name in REVIEW_COLUMNS}
        reviewed = ledger.put(names.in_review("reviewed", one.year), one.reviewed)
        waiting = ledger.put(names.in_review("waiting", one.year), one.events - one.reviewed, unseen=bool(one.year))
        events = ledger.put(names.in_review("events", one.year), one.events)
        ledger.total(reviewed, [entered["confirmed"], entered["rejected"]])
        ledger.total(waiting, [entered["proposed"], entered["ambiguous"]])
        ledger.total(events, [reviewed, waiting])
    if rows:
        whole, years = rows[-1], rows[:-1]
        for name in (*REVIEW_COLUMNS, "reviewed", "events"):
            total = ledger.put(names.in_review(name), getattr(whole, name))
            ledger.total(total, [ledger.put(names.in_review(name, one.year), getattr(one, name)) for one in years])


def classes(ledger: Ledger, rows: Sequence[ClassCount]) -> None:
    """Enter linked events by class: times hold each other, and all classes are the confirmed and the proposed."""
    if not rows:
        return
    totals = {name: sum(getattr(one, name) for one in rows) for name in CLASS_COLUMNS}
    for key, counts in [*((one.complication_class, one) for one in rows), (ANY, totals)]:
        told = {name: counts[name] if isinstance(counts, dict) else getattr(counts, name) for name in CLASS_COLUMNS}
        entered = {name: ledger.put(names.in_class(name, key), count) for name, count in told.items()}
        for inner, outer in _CLASS_INSIDE:
            ledger.inside(entered[inner], entered[outer])
    for name, total in totals.items():
        parts = [ledger.put(names.in_class(name, one.complication_class), getattr(one, name)) for one in rows]
        ledger.total(ledger.put(names.in_class(name), total), parts)


def linked(ledger: Ledger, whole: Review, rows: Sequence[ClassCount], potential: Recovery) -> None:
    """Relate events by class, and what the account would be if all links held, to how far they are reviewed."""
    confirmed = ledger.put(names.in_review("confirmed"), whole.confirmed)
    parts = [confirmed, ledger.put(names.in_review("proposed"), whole.proposed)]
    both = sum(count for _name, count in parts)
    if rows and sum(one.events for one in rows) == both:
        ledger.total(ledger.put(names.in_class("events"), both), parts)
    if rows and sum(one.confirmed for one in rows) == whole.confirmed:
        ledger.total(ledger.put(names.in_class("confirmed"), whole.confirmed), [confirmed])
    if potential.events == both:
        ledger.total(ledger.put(names.in_account("events", POTENTIAL), both), parts)


def flow(ledger: Ledger, one: Flow) -> None:
    """Enter the steps from operations to claims."""
    whole = ledger.put(names.operations(), one.purchased)
    ledger.inside(ledger.put(names.followed(DAYS_TWO_YEARS, ANY), one.followed), whole)
    events = ledger.put(names.in_review("events"), one.events)
    reviewed = ledger.put(names.in_review("reviewed"), one.reviewed)
    confirmed = ledger.put(names.in_review("confirmed"), one.confirmed)
    covered = ledger.put(names.in_claims("events"), one.covered)
    for inner, outer in pairwise((covered, confirmed, reviewed, events)):
        ledger.inside(inner, outer)


def shown_flow(one: Flow, cells: Cells) -> dict[str, str]:
    """Return the steps of a flow as they are shown, by the names of its fields; no amount of few persons is."""
    told = {
        "purchased": cells.at(names.operations(), one.purchased),
        "followed": cells.at(names.followed(DAYS_TWO_YEARS, ANY), one.followed),
        "covered": cells.at(names.in_claims("events"), one.covered),
    }
    for name in ("events", "reviewed", "confirmed"):
        told[name] = cells.at(names.in_review(name), getattr(one, name))
    few = any(map(cells.is_hidden, (told["confirmed"], told["covered"])))
    return told | {"claimable": NOTHING if few else kronor_rounded(one.claimable)}


def hidden_steps(one: Flow, cells: Cells) -> frozenset[str]:
    """Return the steps of a flow that must not be shown."""
    return frozenset(name for name, text in shown_flow(one, cells).items() if cells.is_hidden(text))


def account(ledger: Ledger, parts: Sequence[Recovery], whole: Recovery | None, years: Sequence[Review] = ()) -> None:
    """Enter the account of parts that make up all of it; a year's events are its confirmed ones."""
    if whole is None:
        return
    for name in ACCOUNT_COLUMNS:
        total = ledger.put(names.in_account(name), getattr(whole, name))
        ledger.total(total, [ledger.put(names.in_account(name, one.key), getattr(one, name)) for one in parts])
    for one in (*parts, whole):
        events = ledger.put(names.in_account("events", one.key), one.events)
        ledger.inside(ledger.put(names.in_account("missing_cost_events", one.key), one.missing_cost_events), events)
        of_year = next((each for each in years if (str(each.year) if each.year else "") == one.key), None)
        if of_year is not None and of_year.confirmed == one.events:
            confirmed = ledger.put(names.in_review("confirmed", of_year.year), of_year.confirmed)
            ledger.total(confirmed, [events])


def potential(ledger: Ledger, one: Recovery, whole: Recovery | None) -> None:
    """Enter what the account would be if all links held; what that adds nobody prints."""
    for name in ("cases", "events"):
        entry = ledger.put(names.in_account(name, POTENTIAL), getattr(one, name))
        if whole is not None:
            ledger.inside(ledger.put(names.in_account(name), getattr(whole, name)), entry)


def claims(ledger: Ledger, rows: Sequence[ClaimsRow], years: Iterable[Recovery] = ()) -> None:
    """Enter what became of covered events by year, last in all; the covered are among the confirmed."""
    if not rows:
        return
    of_year = {one.key: one for one in years}
    for name in CLAIMS_COLUMNS:
        *parts, total = [ledger.put(names.in_claims(name, one.key), getattr(one, name)) for one in rows]
        ledger.total(total, parts)
    for one in rows:
        if one.key in of_year:
            events = ledger.put(names.in_account("events", one.key), of_year[one.key].events)
            ledger.inside(ledger.put(names.in_claims("events", one.key), one.events), events)


def not_covered(ledger: Ledger, rows: Sequence[NotCovered], claimed: Sequence[ClaimsRow], every: int = -1) -> None:
    """Enter what is not covered, by reason; with what is covered it is every event, where `every` tells how many."""
    if not rows:
        return
    for name in ("events", "missing_cost_events"):
        parts = [ledger.put(names.not_covered(name, one.reason), getattr(one, name)) for one in rows]
        ledger.total(ledger.put(names.not_covered(name), sum(count for _name, count in parts)), parts)
    for one in rows:
        events = ledger.put(names.not_covered("events", one.reason), one.events)
        ledger.inside(
            ledger.put(names.not_covered("missing_cost_events", one.reason), one.missing_cost_events), events
        )
        if one.reason in _IN_REVIEW:
            ledger.inside(events, _same_in_review(ledger, _IN_REVIEW[one.reason], events))
    late = [ledger.put(names.not_covered("events", one.reason), one.events) for one in rows if one.reason in _TOO_LATE]
    if claimed and sum(count for _name, count in late) == claimed[-1].outside:
        ledger.total(ledger.put(names.in_claims("outside"), claimed[-1].outside), late)
    gone = sum(one.events for one in rows)
    if claimed and gone + claimed[-1].events == every:
        parts = [ledger.put(names.not_covered("events"), gone), ledger.put(names.in_claims("events"), every - gone)]
        ledger.total(ledger.put(names.in_review("events"), every), parts)


def _same_in_review(ledger: Ledger, column: str, events: Entry) -> Entry:
    """Return the events that are not reviewed, ambiguous or rejected where they are as many, else the entry itself."""
    same = (names.in_review(column), events[1])
    return same if same in ledger.counts else events


def costs(ledger: Ledger, rows: Sequence[CostDistribution], what: str, whole: Recovery | None = None) -> None:
    """Enter the cases, or events, whose cost is known, and how many lie over each line."""
    entered = {one.group: _of_group(ledger, one, what) for one in rows}
    for name, columns in entered.items():
        parts = [entered[f"{name}/{part}"] for part in ("infection", "other") if f"{name}/{part}" in entered]
        for column, total in columns.items():
            if len(parts) == 2:
                ledger.total(total, [one[column] for one in parts])
    known = entered.get("confirmed")
    if whole is not None and known is not None and known["cases"][1] + known["without_cost"][1] == whole.cases:
        ledger.total(ledger.put(names.in_account("cases"), whole.cases), [known["cases"], known["without_cost"]])


def _of_group(ledger: Ledger, one: CostDistribution, what: str) -> dict[str, Entry]:
    over = {f"over_{place}": count for place, count in enumerate(one.over)}
    times = {f"times_{place}": count for place, count in enumerate(one.times)}
    under = {"under_agreement": one.under_agreement, "capped": one.capped, "priced": one.priced}
    told = {"cases": one.cases, "without_cost": one.without_cost, **over, **times, **under}
    entered = {
        name: ledger.put(names.in_costs(what, one.group, name), count, unseen=name not in ("cases", *over))
        for name, count in told.items()
    }
    for chain in (("cases", *over), ("cases", "priced", *times), ("cases", "under_agreement", "capped")):
        for outer, inner in pairwise(chain):
            ledger.inside(entered[inner], entered[outer])
    return entered


def told_in_words(ledger: Ledger, one: CostDistribution | None) -> None:
    """Enter what the answer says of a group beside its table."""
    if one is None:
        return
    counts = {"without_cost": one.without_cost, "priced": one.priced, "under_agreement": one.under_agreement}
    counts |= {"capped": one.capped} | {f"times_{place}": count for place, count in enumerate(one.times)}
    for name, count in counts.items():
        ledger.put(names.in_costs(PER_CASE, one.group, name), count)


def quality(ledger: Ledger, ambiguous: Share, missing_cost: Share) -> None:
    """Enter the events that are ambiguous, and those that could count and lack a cost."""
    if ambiguous.n:
        entry = ledger.put(names.in_review("ambiguous"), ambiguous.events)
        ledger.inside(entry, ledger.put(names.in_review("events"), ambiguous.n))
    if missing_cost.n:
        entry = ledger.put(names.missing("cost"), missing_cost.events)
        ledger.inside(entry, ledger.put(names.in_account("events", POTENTIAL), missing_cost.n))


def deadlines(ledger: Ledger, rows: Sequence[Deadlines]) -> None:
    """Enter what waits to be claimed by month."""
    for name in ("events", "missing_cost"):
        parts = [ledger.put(names.waiting(name, one.month), getattr(one, name)) for one in rows]
        if parts:
            ledger.total(ledger.put(names.waiting(name), sum(count for _name, count in parts)), parts)
    for one in rows:
        events = ledger.put(names.waiting("events", one.month), one.events)
        ledger.inside(ledger.put(names.waiting("missing_cost", one.month), one.missing_cost), events)
