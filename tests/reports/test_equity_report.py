"""The report on equal care on paper: whole, the same bytes, and no small number that can be read or worked out."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import equity_words
from kvalitetsapp.domain.chart_data import Profile, ProfileBar
from kvalitetsapp.domain.equity_report import EquityReport, PaperStep, PrintedPaper
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Head, Manifest, Share
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.reports import equity_report, kept_groups, ledger_of_groups, ledgers, released_cells
from kvalitetsapp.reports.cells import Cells
from kvalitetsapp.reports.figures import gate
from kvalitetsapp.services.equity_contents import split_of
from kvalitetsapp.services.equity_papers import FiguresSeen
from support import attacked, made_charts, pdf
from support.grouped import People, source, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.equity import EquityFigures

KEYS = ("sex", "age_group", "education", "birth_region")
PLAIN = Cells(SmallNumbers.PLAIN)
PAPER = PrintedPaper(
    "Höften",
    (("Läge", "Mätt"),),
    (PaperStep("1 Mätning", (("Man", "3 av 41"),), counts=True), PaperStep("2 Analys av utfall", ())),
)


def shares(**told: tuple[int, int]) -> tuple[tuple[str, Share], ...]:
    return tuple((name.replace("_of_", "/"), Share(events, n, None, None, None)) for name, (events, n) in told.items())


def shares_of(by_sex: EquityFigures) -> tuple[tuple[str, Share], ...]:
    of_sex = {one.words[0]: (one.events or 0, one.n) for one in by_sex.groups}
    whole = (by_sex.whole.events or 0, by_sex.whole.n)
    women, men = of_sex.get("female", (0, 0)), of_sex.get("male", (0, 0))
    return shares(revision_2y=whole, revision_2y_of_female=women, revision_2y_of_male=men)


def report(people: Sequence[People], mode: SmallNumbers) -> EquityReport:
    of = source(people)
    found = [split(of, key, standardised=True) for key in KEYS]
    head = Head("Alla", "2020-01-01", "2020-01-01", "2022-03-11", sample=True, small_numbers=mode, program_version="1")
    one = found[0].indicator
    return sealed(
        EquityReport(
            *(head, one.indicator_id, one.name, "", one.follow_up_days, one.is_share, one.decimals, "%"),
            whole=found[0].whole,
            splits=tuple(split_of(FiguresSeen(each, ())) for each in found if each.groups),
            reading=equity_words.reading(found[0], several=True),
            profile=Profile("Kvinnor och män", (ProfileBar("a", "Revision", 0.2, -0.3, 0.1, 61, 44),)),
            profile_shares=(*shares(a=(20, 105), a_of_female=(18, 61)), *shares_of(found[0])),
            profile_nested=(),
            left_out=("Utan önskad riktning, och därför inte med: Dagkirurgi.",),
            papers=(PAPER,),
            recipe=(("Täljare", "prov"),),
            manifest=Manifest((), (), ()),
        )
    )


def people(seed: int, most: int = 16) -> list[People]:
    chance = Random(seed)
    found = []
    for _group in range(chance.randint(6, 12)):
        n = chance.randint(1, most)
        found.append(
            People(
                n,
                min(n, chance.choice((0, 0, 1, 2, 3, 6))),
                chance.choice(("female", "male")),
                chance.choice((50, 60, 70, 80, 90)),
                chance.choice(("short", "long", "")),
                chance.choice(("SE", "NO", "SY", "")),
            )
        )
    return found


LARGE = (
    *(People(300, 30, education="short"), People(200, 24, sex="male", age=80, education="long")),
    *(People(60, 12, birth_country="SY", education="long"), People(3, 1, age=50, birth_country="NO")),
)


def test_the_report_says_everything_and_the_same_bytes_every_time() -> None:
    content = equity_report.build(report(LARGE, SmallNumbers.OPEN))
    assert equity_report.build(report(LARGE, SmallNumbers.OPEN)) == content
    text = " ".join(pdf.read(content).text.split())
    for said in (
        *("Revision inom två år efter kön", "Åldersstandardiserat", "jämförelsegrupp", "färre än 5 personer"),
        *("Ej önskvärd riktning", "Önskvärd riktning", "Arbetspapper: Höften", "3 av 41", "Inte gjort än."),
        *("skillnad enligt Newcombe", "Obearbetad skillnad", "EXEMPEL"),
    ):
        assert said in text
    assert "None" not in text
    assert not re.search(r"\bnan\b", text)


@pytest.mark.parametrize("seed", range(10))
def test_no_small_number_of_a_group_is_determined_by_what_the_report_tells(seed: int) -> None:
    data = report(people(seed), SmallNumbers.PLAIN)
    ledger, cells = ledgers.of_report(data), ledgers.cells_of(data)
    shown = ledger.shown(PLAIN)
    hidden = {entry: text for entry, text in shown.items() if PLAIN.is_hidden(text)} | dict.fromkeys(ledger.unseen, "")
    for entry, (least, most) in attacked.counted(ledger.counts, ledger.sums, hidden, PLAIN.hidden_word).items():
        assert most - least > 0.99, f"{entry} can be worked out"
    for cell in released_cells.of_report(data, cells):
        assert cell.hidden or not 0 < cell.count < 5
    for each in data.splits:
        for one in each.groups:
            n, events = ledger_of_groups.shown(data, each, one, cells)
            if cells.is_hidden(n) or cells.is_hidden(events):
                assert not ledger_of_groups.tells(data, each, one, cells)


@pytest.mark.parametrize("seed", range(4))
def test_no_figure_of_a_group_stands_where_its_counts_or_those_of_an_age_are_hidden(seed: int) -> None:
    data = report(people(seed, 90), SmallNumbers.PLAIN)
    cells = ledgers.cells_of(data)
    for before, kept in zip(data.splits, kept_groups.of_report(data, cells).splits, strict=True):
        reference = next((one for one in kept.groups if one.is_reference), None)
        for one in kept.groups:
            assert one.crude is None or ledger_of_groups.tells(data, before, one, cells)
            assert one.difference is None or (one.crude and reference and reference.crude)
            assert one.standardised is None or (one.fewest_of_ages or 0) >= 5
            assert one.standardised_difference is None or (one.standardised and reference and reference.standardised)


def test_a_standardised_figure_that_would_tell_of_few_at_an_age_is_neither_in_table_nor_chart() -> None:
    few = (People(60, 30, age=60), People(60, 20, age=70), People(14, 3, age=80), People(90, 30, sex="male"))
    for groups, stands in ((few, False), ((*few[:2], People(40, 20, age=80), few[3]), True)):
        data = report(groups, SmallNumbers.PLAIN)
        kept = kept_groups.of_report(data, ledgers.cells_of(data)).splits[0]
        _men, women = kept.groups
        assert women.crude is not None
        assert (women.standardised is not None) is stands
        assert (kept.figures.rows[1].adjusted is not None) is stands


def test_in_the_strict_mode_figures_are_those_of_the_rounded_counts_and_of_nothing_else() -> None:
    told: list[tuple[object, ...]] = []
    for more in (0, 1, 2):
        groups = (People(300 - more, 30 + more, age=None), People(200 + more, 48 + more, sex="male", age=None))
        data = report(groups, SmallNumbers.STRICT)
        cells = ledgers.cells_of(data)
        kept = kept_groups.of_report(data, cells).splits[0]
        chart = gate.without_small(kept.figures, cells)
        told.append((chart, *((one.crude, one.difference, one.ratio) for one in kept.groups)))
        assert kept.groups[0].difference is not None
    assert told[0] == told[1] == told[2]


def test_that_a_group_is_of_fewer_than_five_is_not_said_beside_counts_that_say_less() -> None:
    text = " ".join(pdf.read(equity_report.build(report(LARGE, SmallNumbers.PLAIN))).text.split())
    assert "färre än 5 personer" not in text
    assert "Obearbetad skillnad mot jämförelsegruppen." in text


@pytest.mark.parametrize("mode", [SmallNumbers.PLAIN, SmallNumbers.STRICT])
def test_what_leaves_tells_no_figure_of_the_few_and_no_counts_of_papers(mode: SmallNumbers) -> None:
    text = " ".join(pdf.read(equity_report.build(report(LARGE, mode))).text.split())
    assert "3 av 41" not in text
    assert "Mätningens siffror står bara i klinikens eget exemplar." in text
    assert "n 61" not in text  # the profile has no counts where small numbers are hidden
    assert Cells(mode).hidden_word in text


def test_a_difference_is_hidden_with_either_of_its_figures() -> None:
    chart = made_charts.forest(8, quantity="difference")
    assert gate.without_small(chart, PLAIN) is not None
    few = replace(chart.rows[0], events=2)
    assert gate.without_small(replace(chart, rows=(few, *chart.rows[1:])), PLAIN) is None
    assert gate.without_small(replace(chart, rows=(few, *chart.rows[1:])), Cells(SmallNumbers.STRICT)) is None


@pytest.mark.parametrize(
    ("whole", "women", "men"),
    [((22, 110), (10, 60), (10, 50)), ((20, 113), (10, 60), (10, 50)), ((68, 110), (58, 60), (10, 50))],
)
def test_a_profile_does_not_give_the_few_of_no_known_sex_or_those_that_it_did_not_happen_to(
    whole: tuple[int, int], women: tuple[int, int], men: tuple[int, int]
) -> None:
    chart = Profile("Kvinnor och män", (ProfileBar("a", "Revision", 0.2, -0.3, 0.1, women[1], men[1]),))
    named = zip(("a", "a/female", "a/male"), (whole, women, men), strict=True)
    shares = {name: Share(events, n, None, None, None) for name, (events, n) in named}
    kept = gate.without_small(chart, PLAIN, shares)
    assert isinstance(kept, Profile)
    bar = kept.bars[0]
    assert (bar.women, bar.men, bar.everyone) == (None, None, 0.1)
    shares["a"] = Share(women[0] + men[0], women[1] + men[1], None, None, None)
    assert gate.without_small(chart, PLAIN, shares) == chart or women == (58, 60)


def test_marks_of_a_profile_do_not_give_the_few_that_one_indicator_has_beyond_another() -> None:
    outer = {"outer": (40, 200), "outer_of_female": (22, 110), "outer_of_male": (18, 90)}
    inner = {"inner": (32, 200), "inner_of_female": (20, 110), "inner_of_male": (12, 90)}
    bare = replace(report(LARGE, SmallNumbers.PLAIN), profile_shares=shares(**outer, **inner))
    for nested, is_hidden in (((), False), ((("inner", "outer"),), True)):
        data = replace(bare, profile_nested=nested)
        cells = ledgers.cells_of(data)
        women = [
            ledger_of_groups.profile_tells(f"{name}/female", dict(data.profile_shares)[f"{name}/female"], cells)
            for name in ("inner", "outer")
        ]
        assert (not all(women)) is is_hidden


def test_what_the_marks_of_a_profile_give_is_logged_by_the_names_of_the_tables() -> None:
    told = shares(revision_2y=(67, 563), revision_2y_of_female=(43, 363), other=(30, 200), other_of_female=(3, 100))
    data = replace(report(LARGE, SmallNumbers.PLAIN), profile_shares=told)
    cells = released_cells.of_report(data, ledgers.cells_of(data))
    logged = {(one.table, one.row, one.column): one for one in cells}
    assert logged["equity_revision_2y", "*/sex/female", "events"].count == 43
    assert not logged["equity_other", "*/sex/*", "events"].hidden
    assert logged["equity_other", "*/sex/female", "events"].hidden
    strict = replace(data, head=replace(data.head, small_numbers=SmallNumbers.STRICT))
    assert not any(one.table == "equity_other" for one in released_cells.of_report(strict, ledgers.cells_of(strict)))


def test_a_forest_without_some_of_its_figures_has_no_line_of_all_of_them() -> None:
    chart = made_charts.forest(8)
    few = replace(chart.rows[2], events=3)
    kept = gate.without_small(replace(chart, rows=(*chart.rows[:2], few, *chart.rows[3:])), PLAIN)
    assert kept is not None
    assert getattr(kept, "line", 0) is None
    assert [row.value is None for row in getattr(kept, "rows", ())][2]
