"""The quality agenda and the basis for a decision on paper: what they say, and what they do not tell of few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.agenda import Known, RowWords, row_of
from kvalitetsapp.domain.agenda_report import AgendaReport, FigureFacts, GapReport
from kvalitetsapp.domain.editable_words import QualityArea
from kvalitetsapp.domain.gap_paper import CaseCost, Decision, FollowedUp, GapPaper, Goal, Present, Proposal
from kvalitetsapp.domain.indicator import Direction, Measure
from kvalitetsapp.domain.quality_target import Target
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Benchmark
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.reports import agenda_report, gap_report, ledgers, released_cells
from kvalitetsapp.reports.printed import PrintedTable
from support import pdf, report_example
from support.made_figures import share

if TYPE_CHECKING:
    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.reports.composed import Composed

RECIPE = (("Indikator", "Reoperation inom två år"), ("Version", "1"), ("Syfte", "Långt"), ("Källa", "Registret"))
FACTS = (
    FigureFacts(
        "reoperation_2y", 730, (), RECIPE, (Benchmark("hip", "reoperation_2y", 0.021, "2025", "Årsrapporten"),)
    ),
    FigureFacts("reoperation_30d", 30, ("reoperation_2y",), RECIPE, ()),
)


def target(figure: FrozenFigure, at_most: float = 0.03, **words: str) -> AgendaRow:
    """Return the row of a target on a figure that is wanted low."""
    who = figure.scope["provider_name"]
    name = f"{figure.name}, {figure.scope['joint']} {who}".strip()
    aim = Target(name, QualityArea.CLINICAL, name, figure.indicator_id, figure.scope["joint"], who, at_most=at_most)
    return row_of(aim, Known(figure, Direction.LOW, provider=who), RowWords(**words), [])


def staff(result: str) -> AgendaRow:
    """Return the row of a target whose result is written down."""
    return row_of(Target("enps", QualityArea.STAFF, "Ambassadörer", at_least=20), Known(), RowWords(result=result), [])


def agenda(*rows: AgendaRow, mode: SmallNumbers = SmallNumbers.OPEN) -> AgendaReport:
    """Return the report of some targets, with a quarter before it."""
    head = replace(report_example.HEAD, small_numbers=mode)
    return sealed(AgendaReport(head, "", rows, (("2026-Q2", rows),), FACTS, report_example.MANIFEST))


def texts(made: Composed) -> str:
    """Return everything that a report says, its tables cell by cell."""
    told: list[str] = []
    for each in made.printed():
        if isinstance(each, PrintedTable):
            told += [each.caption, *(text for _mark, text in each.notes)]
            told += [cell for row in each.grid.rows for cell in row]
        else:
            told.append(each.text)
    return "\n".join(told)


def tables(made: Composed) -> list[PrintedTable]:
    return [each for each in made.printed() if isinstance(each, PrintedTable)]


def test_each_area_has_its_table_in_the_form_of_the_annual_report() -> None:
    made = agenda_report.composed(agenda(target(share(60, 600), comment="Genomgång pågår."), staff("21")))
    clinical, of_staff, quarters = tables(made)[:3]
    assert clinical.grid.rows[0][1:3] == (
        "10,0\u00a0% (8,0–12,0\u00a0%), n\u00a0600",
        "högst 3\u00a0% (riket 2,1\u00a0%)",
    )
    assert clinical.grid.rows[0][3].startswith("✗\u00a0Inte nått")
    assert clinical.grid.rows[0][5] == "Genomgång pågår."
    assert clinical.grid.marked == {0}
    assert of_staff.grid.rows[0][1:4] == ("21", "minst 20", "✓\u00a0Nått (a)")
    assert [row[1:] for row in quarters.grid.rows] == [("10,0\u00a0% ✗", "10,0\u00a0% ✗"), ("21 ✓", "21 ✓")]
    said = texts(made)
    assert "Årsrapporten, 2025" in said
    assert "Långt" not in said  # the purpose stands on the indicator's own page


def test_the_file_is_tagged_and_the_same_for_the_same_data() -> None:
    data = agenda(target(share(60, 600)), staff("21"))
    made = agenda_report.composed(data).pdf()
    assert made == agenda_report.composed(data).pdf()
    assert "Kvalitetsagenda" in pdf.read(made).text
    other = agenda(target(share(61, 600)), staff("21"))
    assert other.manifest.fingerprint != data.manifest.fingerprint


def test_a_target_on_few_persons_tells_neither_result_nor_status_outside() -> None:
    few = target(share(3, 600))
    made = agenda_report.composed(agenda(few, staff("21"), mode=SmallNumbers.PLAIN))
    row = tables(made)[0].grid.rows[0]
    assert (row[1], row[3], row[4]) == ("visas inte (n\u00a0600)", "–", "–")
    assert "0,5" not in texts(made)
    assert "1 mål vilar på så få" in texts(made)
    assert tables(made)[2].grid.rows[0][1:] == ("–", "–")


def test_what_two_targets_together_would_give_away_is_not_told_by_both() -> None:
    whole, part = share(12, 400), share(9, 300, provider="P01")
    made = agenda(target(whole), target(part), mode=SmallNumbers.PLAIN)
    rows = tables(agenda_report.composed(made))[0].grid.rows
    assert sum(row[1].startswith("visas inte") for row in rows) == 1
    hidden = [
        cell.hidden for cell in released_cells.of_report(made, ledgers.cells_of(made)) if cell.column == "events"
    ]
    assert sorted(hidden) == [False, True]


def test_events_among_others_events_are_told_only_where_the_rest_is_not_small() -> None:
    inner = share(10, 600, indicator="reoperation_30d", name="Reoperation inom 30 dagar")
    made = agenda(target(share(12, 600)), target(inner), mode=SmallNumbers.PLAIN)
    rows = tables(agenda_report.composed(made))[0].grid.rows
    assert sum(row[1].startswith("visas inte") for row in rows) == 1


def test_earlier_quarters_tell_only_how_targets_stood_outside() -> None:
    made = agenda_report.composed(agenda(target(share(60, 600)), mode=SmallNumbers.STRICT))
    assert tables(made)[1].grid.rows[0][1:] == ("✗", "10\u00a0% ✗")
    assert "(8–12\u00a0%)" in tables(made)[0].grid.rows[0][1]


# the basis for a decision

GAP = GapPaper(
    Goal("Lika bra som riket", "reoperation_2y", "hip", "", 0.021),
    Present("", share(30, 600), 200, CaseCost(40, 100_000_00, 60_000_00, 140_000_00)),
    ("Tidiga infektioner",),
    ("Före operationen",),
    (Proposal("Checklista", None, "Ett möte", "Rut"), Proposal("Stöd", 180_000_00)),
    "Tid för genomgångar",
    "Fler opereras om",
    "Genomgången först",
)


def basis(gap: GapPaper = GAP, state: str = "ready", mode: SmallNumbers = SmallNumbers.OPEN) -> GapReport:
    """Return an analysis as the basis for a decision."""
    head = replace(report_example.HEAD, small_numbers=mode, subject="Höften")
    return sealed(GapReport(head, state, "Rut", "2027-06-01", gap, FACTS, report_example.MANIFEST))


def test_the_basis_follows_the_order_of_a_gap_and_impact_analysis() -> None:
    made = gap_report.composed(basis())
    chapters = list(dict.fromkeys(each.chapter for each in made.printed()))
    assert chapters[:5] == [
        *("Gapet", "Orsaker", "Områden att påverka och förslag till förändringar", "Konsekvenser", "Beslut"),
    ]
    said = texts(made)
    assert "2,9 procentenheter" in said
    assert "Det är 6 patienter om året, av 200 operationer (2–10)." in said
    assert "1\u00a0000\u00a0000\u00a0kr om året" in said
    assert [row[0:2] for row in tables(made)[1].grid.rows] == [("1", "Checklista"), ("2", "Stöd")]
    assert "Underlaget är redo för beslut." in said
    assert "Beslutat av" in pdf.read(made.pdf()).text


def test_a_decision_and_what_came_of_it_are_told() -> None:
    after = FollowedUp(date(2027, 6, 1), "Infört", share(20, 600))
    gap = replace(GAP, decision=Decision("Checklistan införs", "Chefen", date(2027, 1, 15)), followed_up=after)
    said = texts(gap_report.composed(basis(gap, "followed_up")))
    assert "Checklistan införs" in said
    assert "Siffran den dagen: 3,3\u00a0%." in said
    assert "Siffran den dagen" not in texts(gap_report.composed(basis(gap, "followed_up", SmallNumbers.PLAIN)))


@pytest.mark.parametrize(
    ("figure", "mode"),
    [
        (share(3, 600), SmallNumbers.PLAIN),
        (share(597, 600, measure=Measure.SHARE_WITHOUT), SmallNumbers.PLAIN),
        (share(1, 8), SmallNumbers.PLAIN),
        (share(30, 600), SmallNumbers.STRICT),
    ],
)
def test_a_gap_that_tells_more_than_the_figure_may_is_not_told(figure: FrozenFigure, mode: SmallNumbers) -> None:
    made = gap_report.composed(basis(replace(GAP, present=replace(GAP.present, figure=figure)), mode=mode))
    said = texts(made)
    assert "procentenheter" not in said
    assert "patienter om året, av" not in said
    assert "händelser à" not in said


def test_a_cost_of_few_cases_is_not_told() -> None:
    present = replace(GAP.present, case_cost=CaseCost(3, 100_000_00, None, None))
    said = texts(gap_report.composed(basis(replace(GAP, present=present), mode=SmallNumbers.PLAIN)))
    assert "patienter om året, av" in said
    assert "händelser à" not in said


def test_an_analysis_in_words_alone_is_a_basis_too() -> None:
    gap = replace(GAP, goal=Goal("Alla enheter mäter"), present=Present("Två av fyra mäter"))
    said = texts(gap_report.composed(basis(gap, "draft")))
    assert "Två av fyra mäter" in said
    assert "Går inte att räkna" in said
    assert "Analysen är ett utkast" in said
