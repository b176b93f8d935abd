"""The chapters beside the accounts: what they say, and what they do not say of a few persons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kvalitetsapp.domain import report_chapters as parts
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports import ledgers, provider_report, released_cells
from kvalitetsapp.reports.cells import Cells
from kvalitetsapp.reports.sections import case_mix, indicators_table, todo
from support import pdf, report_example

OPEN, PLAIN, STRICT = (Cells(mode) for mode in (SmallNumbers.OPEN, SmallNumbers.PLAIN, SmallNumbers.STRICT))


def figure(name: str, events: int | None, n: int = 100, **more: Any) -> parts.IndicatorFigure:  # noqa: ANN401
    value = None if events is None else events / n
    told: dict[str, Any] = {"joint": "knee", "is_share": events is not None, "reviewed": None, "inside": ()} | more
    return parts.IndicatorFigure(
        indicator_id=name,
        version="1",
        name=name.capitalize(),
        decimals=1,
        follow_up_days=730,
        n=n,
        events=events,
        value=value,
        low=value,
        high=value,
        target=0.02,
        is_national=False,
        detectable=0.05,
        **told,
    )


def text(**chapters: Any) -> str:  # noqa: ANN401
    small = chapters.pop("small_numbers", SmallNumbers.OPEN)
    data = report_example.provider_report()
    head = replace(data.head, small_numbers=small)
    made = replace(data, head=head, chapters=parts.ProviderChapters(**chapters))
    return " ".join(pdf.read(provider_report.build(made)).text.split())


def test_what_is_left_of_an_outer_indicator_is_not_told_by_an_inner_one() -> None:
    rows = [figure("ytter", 20), figure("inner", 17, inside=("ytter",)), figure("annan", 12, inside=("ytter",))]
    assert indicators_table.untold(rows, PLAIN) == {"inner"}
    assert indicators_table.untold(rows, OPEN) == frozenset()


def test_what_two_kinds_of_prosthesis_leave_is_not_told() -> None:
    total = figure("helprotes", 18, inside=("alla",), prostheses=("total",))
    partial = figure("delprotes", 14, inside=("alla",), prostheses=("partial",))
    assert indicators_table.untold([figure("alla", 35), total, partial], PLAIN) == {"delprotes"}
    assert indicators_table.untold([figure("alla", 32), total, partial], PLAIN) == frozenset()


def test_those_without_an_event_give_no_few_events_away() -> None:
    rows = [figure("utan", 97, counts_without=True), figure("reviderade", 3)]
    assert indicators_table.untold(rows, PLAIN) == {"utan", "reviderade"}


def test_an_indicator_stands_with_its_interval_its_review_and_its_notes() -> None:
    shown = text(indicators=(figure("prov", 10, reviewed=4, flags=("small_n", "unreviewed"), limit="high_95"),))
    assert "Prov 730 100 10 10,0 %" in shown
    assert "40 % 2,0 % (alla) 5,0 % a b c" in shown
    assert "Över den övre 95 %-gränsen kring riksvärdet" in shown
    assert "Färre än hälften av händelserna är granskade" in shown


def test_the_case_mix_gives_no_small_group_away_by_the_others() -> None:
    rows = (
        parts.MixRow("sex", "female", 40, 200),
        parts.MixRow("sex", "male", 3, 150),
        parts.MixRow("age_group", "<55", 20, 190),
        parts.MixRow("age_group", "85+", 23, 160),
    )
    data = replace(report_example.provider_report(), chapters=parts.ProviderChapters(mix=rows))
    outside = replace(data, head=replace(data.head, small_numbers=SmallNumbers.PLAIN))
    shown = case_mix.protected(rows, ledgers.cells_of(outside))
    assert shown["sex", "male", "mine"] == "<5"
    assert PLAIN.is_hidden(shown["sex", "female", "mine"])
    assert "Under 55" in text(mix=rows, small_numbers=SmallNumbers.PLAIN)


def test_the_expected_number_in_the_strict_mode_does_not_give_the_observed_one() -> None:
    one = parts.Adjusted("hip", 96, 22, 16.7, 22 / 16.7, 0.8, 2.0, 800, 160, 0.55, 0.4, 8.6, 3)
    open_, strict = (text(adjusted=(one,), small_numbers=mode) for mode in (SmallNumbers.OPEN, SmallNumbers.STRICT))
    assert "Höft 96 22 16,7 1,32 0,80–2,00" in open_
    assert "Höft 95 20 15 1,3 0,8–2,0" in strict
    assert "Den skiljer dåligt" in open_
    assert "få händelser per parameter (8,6)" in open_


def published(*columns: parts.PublishedColumn, country: str = "SE") -> parts.PublishedTable:
    return parts.PublishedTable(country, "hip", "reoperation_2y", "2022", "Årsrapport", columns, "2,1 %")


def test_published_figures_stand_by_country_with_what_does_not_fit() -> None:
    fault = "Inget helt antal händelser ger 0,5 % av 336."
    ours = Share(3, 60, 0.05, 0.02, 0.13)
    swedish = published(
        parts.PublishedColumn("Nacka", 393, "1,3 %", fits=True, events="5", fault="", ours=ours),
        parts.PublishedColumn("Jönköping", 336, "0,5 %", fits=False, events="", fault=fault),
        parts.PublishedColumn("Utan", None, "1 %", fits=None, events="", fault=""),
    )
    danish = published(parts.PublishedColumn("Aarhus", 373, "2,9 %", fits=True, events="11", fault=""), country="DK")
    shown = text(published=(swedish, danish))
    for words in (
        "Antal operationer (2022) 393 336 –",
        "Antal händelser som ger andelen 5 inget –",
        "Antal och andel går inte ihop. Inget helt antal",
        "Utan antal går en andel inte att pröva",
        "Definitionerna skiljer sig mellan länder",
        "Danmark Aarhus Nationellt medel",
        "Här: antal operationer 60 – –",
    ):
        assert words in shown, words


def test_actions_stand_on_the_summary_and_whole_before_the_method() -> None:
    late = parts.AgreedAction("2024-02-01", "Ny rutin för antibiotika", "Chefen", "2024-06-01", "", is_late=True)
    done = parts.AgreedAction(
        "2023-02-01", "Utbildning", "", "", "2023-09-01", is_late=False, how=(("2023-10-01", "Alla gick."),)
    )
    told = parts.Actions((late, done), (("2024-01-01", "Vi ser över det."),), "2024-12-31")
    shown = text(actions=told)
    assert "2024-02-01: Ny rutin för antibiotika (försenad, skulle vara klar 2024-06-01)." in shown
    assert "Utbildning (klar 2023-09-01). Alla gick." in shown
    assert "läget 2024-12-31" in shown
    assert "2024-01-01. Vi ser över det." in shown


def test_what_is_not_delivered_is_told_apart_from_what_did_not_happen() -> None:
    nothing = Share(0, 50, 0.0, 0.0, 0.07)
    one = parts.Delivered(Share(49, 50, 0.98, 0.9, 1.0), (("age", nothing),), 2, "2024-05", ("Död",), ("Nöjda",))
    shown = text(delivered=one, small_numbers=SmallNumbers.PLAIN)
    assert "Levererat, men inget hände: Död." in shown
    assert "Inget levererat: Nöjda. Data saknas är inte 0" in shown
    assert "49 av 50" not in shown


def test_r10_what_to_do_follows_the_figures_and_says_no_more() -> None:
    data = report_example.total_report()
    waits = parts.Standing("Norrsken", 20, 4, 2, 6, 90_000_00, "2025-01-31")
    calm = parts.Standing("Fjällkliniken", 4, 0, 0)
    told = todo.sentences(replace(data, chapters=parts.TotalChapters((waits, calm))), OPEN)
    assert [sentence.split()[0] for sentence in told] == ["Fråga", "Granska", "Dra", "Kräv", "Ta"]
    assert "Fråga Fjällkliniken (höft) " in told[0]
    assert "Norrsken (4 av 20)" in told[1]
    assert "Fjällkliniken" not in told[1]
    assert "90 000 kr av Norrsken för 6 händelser; den första sista anspråksdagen är 2025-01-31" in told[3].replace(
        "\u00a0", " "
    )
    outside = todo.sentences(replace(data, chapters=parts.TotalChapters((waits, calm))), PLAIN)
    assert not [sentence for sentence in outside if "(4 av" in sentence or "(2)" in sentence]


def test_nothing_to_do_is_said() -> None:
    assert todo.sentences(report_example.empty_total_report(), OPEN) == []


@pytest.mark.parametrize("cells", [PLAIN, STRICT])
def test_the_counts_of_the_chapters_are_named_for_the_log(cells: Cells) -> None:
    chapters = parts.ProviderChapters(
        indicators=(figure("infektion", 20), figure("luxation", 3)), mix=(parts.MixRow("sex", "male", 6, 60),)
    )
    data = replace(report_example.provider_report(), chapters=chapters)
    found = {(one.table, one.row, one.column): one for one in released_cells.of_report(data, cells)}
    assert found["luxation", "knee/Fjällkliniken/*", "events"].hidden
    assert found["infektion", "knee/Fjällkliniken/*", "events"].count == 20
    assert found["mix", "Fjällkliniken/sex/male", "operations"].count == 6
