"""What a report counts of operations and what came of them, for its ledger."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.report_data import ALL_UNITS
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import ledger as names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.provider_comparison import ProviderComparison
    from kvalitetsapp.domain.report_chapters import Adjusted, Delivered, IndicatorFigure, MixRow, TotalChapters
    from kvalitetsapp.domain.report_costs import ExpectedCost
    from kvalitetsapp.domain.report_data import Outcome, ProviderRow, Share, UnitTable, Volume
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.ledger import Entry, Ledger

MAIN: Final = {
    "reoperation_2y": f"reoperation_{DAYS_TWO_YEARS}",
    "reoperation_90d": "reoperation_90",
    "reoperation_30d": "reoperation_30",
    "revision_2y": f"revision_{DAYS_TWO_YEARS}",
}
"""Indicators that other tables of a report tell too, by the name of these."""
TWO_YEARS: Final = MAIN["reoperation_2y"]
_NESTED: Final = (
    ("reoperation_30", "reoperation_90"),
    ("reoperation_90", TWO_YEARS),
    (MAIN["revision_2y"], TWO_YEARS),
)
_UNKNOWN_ROUTES: Final = frozenset({"", "unknown"})
_IN_MIX: Final = {"age": "age_group", "sex": "sex", "main_diagnosis": "diagnosis_group"}


def what(one: Outcome) -> str:
    """Return by what an outcome is known: `reoperation_730`."""
    return f"{one.level}_{one.within}"


def outcome(ledger: Ledger, one: Outcome, who: str = ANY) -> tuple[Entry, Entry]:
    """Enter the followed operations of an outcome and those that it happened after."""
    n = ledger.put(names.followed(one.within, one.joint, who), one.share.n)
    events = ledger.put(names.happened(what(one), one.joint, who), one.share.events)
    ledger.inside(events, n)
    return n, events


def may_tell(one: Outcome, cells: Cells, who: str = ANY) -> bool:
    """Tell whether the rate of an outcome may stand beside its counts."""
    hidden = cells.hides(names.followed(one.within, one.joint, who), one.share.n)
    return (
        cells.tells(one.share)
        and not hidden
        and not cells.hides(names.happened(what(one), one.joint, who), one.share.events)
    )


def hidden_in(cells: Cells, name: str, joint: str) -> frozenset[str]:
    """Return the providers whose counts of a joint must not be shown; `ANY` is the one that the report is about."""
    return frozenset(
        told[3]
        for (told, _count), text in cells.told.items()
        if (told[0] == "followed" or told[:2] == ("happened", name))
        and told[2] == joint
        and told[4:] == (ANY,)
        and cells.is_hidden(text)
    )


def outcomes(ledger: Ledger, told: Iterable[Outcome]) -> None:
    """Enter outcomes of one group, where times hold each other and revisions are reoperations."""
    entered = {(one.joint, what(one)): outcome(ledger, one) for one in told}
    for joint in dict.fromkeys(joint for joint, _name in entered):
        for inner, outer in _NESTED:
            if (joint, inner) in entered and (joint, outer) in entered:
                ledger.inside(entered[joint, inner][1], entered[joint, outer][1])


def of_all_joints(ledger: Ledger, overall: Iterable[Outcome], by_joint: Sequence[Outcome]) -> None:
    """Enter the outcomes of all joints together, which are the sums of those of each."""
    for whole in overall:
        parts = [outcome(ledger, one) for one in by_joint if what(one) == what(whole)]
        for total, each in zip(outcome(ledger, whole), zip(*parts, strict=True), strict=False):
            ledger.total(total, each)
    outcomes(ledger, overall)


def units(ledger: Ledger, tables: Iterable[UnitTable]) -> None:
    """Enter the units of a provider, which make up its joints."""
    for table in tables:
        parts = [_share(ledger, table.joint, one.share, unit=one.unit) for one in table.columns]
        for total, each in zip(parts[-1], zip(*parts[:-1], strict=True), strict=False):
            ledger.total(total, each)


def adjusted(ledger: Ledger, rows: Iterable[Adjusted], who: str = ANY) -> None:
    """Enter what a model of the case mix is asked about."""
    for one in rows:
        n = ledger.put(names.followed(DAYS_TWO_YEARS, one.joint, who), one.operations)
        ledger.inside(ledger.put(names.happened(TWO_YEARS, one.joint, who), one.observed), n)


def _share(ledger: Ledger, joint: str, share: Share, *, who: str = ANY, unit: str = ALL_UNITS) -> tuple[Entry, Entry]:
    part = ANY if unit == ALL_UNITS else unit
    n = ledger.put(names.followed(DAYS_TWO_YEARS, joint, who, part), share.n)
    events = ledger.put(names.happened(TWO_YEARS, joint, who, part), share.events)
    ledger.inside(events, n)
    return n, events


def indicators(ledger: Ledger, figures: Sequence[IndicatorFigure]) -> None:
    """Enter shares with those that hold their events, and kinds of prosthesis with what holds several of them."""
    for _joint, rows in groupby(figures, key=lambda one: one.joint):
        shares = {one.indicator_id: one for one in rows if one.is_share}
        came = {name: _indicator(ledger, one) for name, one in shares.items()}
        for name, one in shares.items():
            for outer in one.inside:
                if outer in came:
                    ledger.inside(came[name], came[outer])
        for one, other in combinations([one for one in shares.values() if one.prostheses], 2):
            if not set(one.prostheses) & set(other.prostheses):
                _together(ledger, one, other, came)


def _indicator(ledger: Ledger, one: IndicatorFigure) -> Entry:
    """Enter an indicator and return in how many operations what is looked for came."""
    n = ledger.put(in_indicator(one), one.n)
    told = ledger.put(names.happened(MAIN.get(one.indicator_id, one.indicator_id), one.joint), one.events or 0)
    if not one.counts_without:
        ledger.inside(told, n)
        return told
    came = ledger.put(names.happened(f"not {one.indicator_id}", one.joint), one.n - (one.events or 0), unseen=True)
    ledger.total(n, [told, came])
    return came


def in_indicator(one: IndicatorFigure) -> names.Name:
    """Name the operations that an indicator is about."""
    if one.indicator_id in MAIN:
        return names.followed(int(MAIN[one.indicator_id].rpartition("_")[2]), one.joint)
    return ("followed", one.indicator_id, one.joint or ANY)


def _together(ledger: Ledger, one: IndicatorFigure, other: IndicatorFigure, came: Mapping[str, Entry]) -> None:
    parts = [came[one.indicator_id], came[other.indicator_id]]
    for outer in one.inside:
        if outer in other.inside and outer in came and ledger.counts[came[outer]] >= sum(n for _name, n in parts):
            ledger.total(came[outer], parts)


def volume(ledger: Ledger, rows: Sequence[Volume]) -> None:
    """Enter the operations of a provider by year, joint and payer route."""
    if not rows:
        return
    whole = ledger.put(names.operations(), sum(one.operations for one in rows))
    ledger.total(whole, [ledger.put(bought(one), one.operations) for one in rows])


def bought(one: Volume) -> names.Name:
    """Name the operations of a row of the volume."""
    return ("bought", str(one.year), one.joint, one.payer_route)


def unknown(
    ledger: Ledger, side: Share, delivered: Delivered | None, rows: Sequence[Volume], *, has_mix: bool
) -> None:
    """Enter what is not known of operations."""
    shares = [("side", side)] if side.n else []
    if delivered is not None and delivered.linkable.n:
        shares += [("linkable", delivered.linkable), *delivered.missing]
    for variable, share in shares:
        entry = ledger.put(names.missing(variable), share.events)
        ledger.inside(entry, ledger.put(names.operations(), share.n))
        if has_mix and variable in _IN_MIX:
            _is_the_same(ledger, entry, names.in_mix(_IN_MIX[variable], "", MINE))
        if variable == "payer_route":
            routes = [one for one in rows if one.payer_route in _UNKNOWN_ROUTES]
            ledger.total(entry, [ledger.put(bought(one), one.operations) for one in routes])


MINE: Final = "mine"
OTHERS: Final = "others"
EVERYONE: Final = "all"


def _is_the_same(ledger: Ledger, entry: Entry, name: names.Name) -> None:
    other = (name, entry[1])
    if other in ledger.counts:
        ledger.total(entry, [other])


def mix(ledger: Ledger, rows: Sequence[MixRow], *, own: bool) -> None:
    """Enter the case mix beside that of all purchased care, of which own care is no part."""
    columns = (MINE, EVERYONE) if own else (MINE, OTHERS, EVERYONE)
    of_row = {
        (row.variable, row.level): {MINE: row.mine, EVERYONE: row.purchased, OTHERS: row.purchased - row.mine}
        for row in rows
    }
    wholes = {column: _mix_total(ledger, column, of_row) for column in columns}
    for (variable, level), counts in of_row.items():
        parts = {name: _mix_entry(ledger, (variable, level), name, counts[name]) for name in columns}
        if not own:
            ledger.total(parts[EVERYONE], [parts[MINE], parts[OTHERS]])
    if rows and not own:
        ledger.total(wholes[EVERYONE], [wholes[MINE], wholes[OTHERS]])


def _mix_entry(ledger: Ledger, row: tuple[str, str], column: str, count: int) -> Entry:
    return ledger.put(names.in_mix(*row, column), count, unseen=column == OTHERS)


def _mix_total(ledger: Ledger, column: str, rows: Mapping[tuple[str, str], Mapping[str, int]]) -> Entry:
    variables = list(dict.fromkeys(variable for variable, _level in rows))
    first = sum(counts[column] for (variable, _level), counts in rows.items() if variable in variables[:1])
    name = names.operations() if column == MINE else names.in_mix("", "", column)
    whole = ledger.put(name, first, unseen=column == OTHERS)
    for each in variables:
        told = [(row, counts[column]) for row, counts in rows.items() if row[0] == each]
        ledger.total(whole, [_mix_entry(ledger, row, column, count) for row, count in told])
    return whole


def providers(ledger: Ledger, rows: Sequence[ProviderRow], overall: Sequence[Outcome]) -> None:
    """Enter every provider by joint, with the totals of its joints and those of each joint."""
    for one in rows:
        entered = [outcome(ledger, each, one.name) for each in one.outcomes]
        done = [ledger.put(names.operations(each.joint, one.name), each.operations) for each in one.outcomes]
        for name, parts in (
            (names.operations(who=one.name), done),
            (names.followed(DAYS_TWO_YEARS, ANY, one.name), [n for n, _events in entered]),
            (names.happened(TWO_YEARS, ANY, one.name), [events for _n, events in entered]),
        ):
            ledger.total(ledger.put(name, sum(count for _name, count in parts), unseen=True), parts)
    for whole in overall:
        if what(whole) == TWO_YEARS:
            _of_joint(ledger, whole, rows)


def _of_joint(ledger: Ledger, whole: Outcome, rows: Sequence[ProviderRow]) -> None:
    mine = [(row.name, one) for row in rows for one in row.outcomes if one.joint == whole.joint]
    entered = [outcome(ledger, one, name) for name, one in mine]
    for total, parts in zip(outcome(ledger, whole), zip(*entered, strict=True), strict=False):
        ledger.total(total, parts)
    done = [ledger.put(names.operations(one.joint, name), one.operations) for name, one in mine]
    if done:
        total = ledger.put(names.operations(whole.joint), whole.operations)
        ledger.total(total, done)


def compared(ledger: Ledger, found: ProviderComparison) -> None:
    """Enter providers beside each other, and what they have together, which other tables tell."""
    name = MAIN.get(found.indicator_id, found.indicator_id)
    together: list[Entry] = []
    for one in found.providers:
        ledger.put(names.operations(found.joint, one.name), one.operations)
        n = ledger.put(names.followed(found.follow_up_days, found.joint, one.name), one.followed)
        if one.events is None:
            continue
        events = ledger.put(names.happened(name, found.joint, one.name), one.events)
        together.append(events)
        ledger.inside(events, n)
        if one.reviewed is not None:
            reviewed = ledger.put(("reviewed", name, found.joint, one.name), one.reviewed)
            ledger.inside(reviewed, events)
    if len(together) > 1:
        whole = ledger.put(names.happened(name, found.joint), sum(count for _name, count in together))
        ledger.total(whole, together)


def whole_cost(ledger: Ledger, rows: Sequence[ExpectedCost]) -> None:
    """Enter the operations whose whole cost is told: the followed, as long as the price of all of them is known."""
    entered = [ledger.put(names.expected(one.name), one.eligible) for one in rows]
    for one, entry in zip(rows, entered, strict=True):
        if not one.without_price:
            name = names.followed(DAYS_TWO_YEARS, ANY, one.name or ANY)
            ledger.total(ledger.put(name, one.eligible, unseen=True), [entry])
    if len(entered) > 1:
        ledger.total(entered[-1], entered[:-1])
    if rows:
        ledger.put(names.without_price(), rows[-1].without_price)


def heat_maps(ledger: Ledger, chapters: TotalChapters) -> None:
    """Enter what is behind the tables in colours: all joints together, by indicator or by year."""
    shares = dict(chapters.heat_shares)
    for chart in chapters.heat_maps:
        for name, line in zip(chart.rows, chart.cells, strict=True):
            entered = [_heat_cell(ledger, name, cell.key, shares[cell.key]) for cell in line if cell.key in shares]
            years = [one for one in entered if one[0][-1].isdigit()]
            if years:
                whole = ledger.put(names.happened(TWO_YEARS, ANY, name), sum(n for _name, n in years), unseen=True)
                ledger.total(whole, years)


def _heat_cell(ledger: Ledger, name: str, key: str, share: Share) -> Entry:
    column = key.rpartition("/")[2]
    entry = ledger.put(names.heat(name, column), share.events)
    if column == "reoperation_2y":
        ledger.total(ledger.put(names.happened(TWO_YEARS, ANY, name), share.events, unseen=True), [entry])
    if column == "revision_2y":
        for whole in [one for one in ledger.counts if one[0] == names.happened(TWO_YEARS, ANY, name)]:
            ledger.inside(entry, whole)
    return entry
