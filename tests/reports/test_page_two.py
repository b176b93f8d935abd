"""Who reads the second page only knows what to do, and learns nothing there that the tables hide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_chapters import ProviderChapters, Standing, TotalChapters
from kvalitetsapp.reports import notes, phrases, provider_report, sentences
from kvalitetsapp.reports.cells import Cells
from kvalitetsapp.reports.sections import todo, todo_for_provider
from support import pdf, report_example

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import ProviderReport

OPEN, PLAIN, STRICT = (Cells(mode) for mode in (SmallNumbers.OPEN, SmallNumbers.PLAIN, SmallNumbers.STRICT))
WAITS = Standing("Fjällkliniken", 20, 4, 2, 6, 90_000_00, "2025-01-31", 12, 340_000_00)


def provider(standing: Standing = WAITS, *, small_numbers: SmallNumbers = SmallNumbers.OPEN) -> ProviderReport:
    data = report_example.provider_report()
    head = replace(data.head, small_numbers=small_numbers)
    return replace(data, head=head, chapters=ProviderChapters(standing=standing))


def said(data: ProviderReport, cells: Cells = OPEN) -> list[str]:
    return [one.replace("\u00a0", " ") for one in todo_for_provider.told(data, cells)]


def test_r10_the_second_page_of_a_provider_says_what_to_do() -> None:
    page = pdf.read(provider_report.build(provider())).pages[1].replace("\u00a0", " ")
    assert "Vad regionen ska göra" in page
    assert "Fråga vårdgivaren hur den ser på reoperationerna efter höftprotes" in page
    assert "Granska fler händelser: 4 av 20 är granskade" in page
    assert "Kräv 90 000 kr av vårdgivaren för 6 händelser" in page
    assert "Pröva om 340 000 kr kan krävas: sista anspråksdagen har passerat för 12 händelser" in page
    assert "Ta fram kostnaden för täckta händelser utan känd kostnad (2)" in page


def test_own_care_is_gone_through_and_not_asked() -> None:
    told = said(replace(provider(Standing("Egen", 20, 20, 0)), is_own=True))
    assert told[0].startswith("Gå igenom")
    assert not [one for one in told if one.startswith(("Fråga", "Kräv", "Pröva"))]


def test_a_joint_that_gives_reason_to_ask_is_not_also_waited_for() -> None:
    told = said(provider())
    assert not [one for one in told if one.startswith("Dra ingen slutsats") and "höft" in one]


def test_nothing_to_do_is_said_of_a_provider() -> None:
    data = replace(provider(Standing("Lugn", 4, 0, 0)), outcomes=())
    quiet = replace(data, flow=replace(data.flow, purchased=0))
    assert said(quiet) == []
    assert "Inget i siffrorna kräver en åtgärd just nu." in pdf.read(provider_report.build(quiet)).pages[1]


def test_an_amount_that_can_be_claimed_is_told_with_what_is_too_late_of_it() -> None:
    money = sentences.of_provider(provider(), OPEN)[1].replace("\u00a0", " ")
    assert money.endswith("För 340 000 kr av det har sista anspråksdagen passerat.")
    total = sentences.recovered(report_example.RECOVERY, OPEN, (WAITS,)).replace("\u00a0", " ")
    assert "För 340 000 kr av det har sista anspråksdagen passerat." in total


def test_outside_what_is_too_late_stands_without_amounts_for_the_rest_may_be_that_of_a_few() -> None:
    for cells in (PLAIN, STRICT):
        told = [*said(provider(), cells), *sentences.of_provider(provider(), cells)]
        data = replace(report_example.total_report(), chapters=TotalChapters((WAITS,)))
        told += [*todo.sentences(data, cells), sentences.recovered(report_example.RECOVERY, cells, (WAITS,))]
        assert [one for one in told if "anspråksdagen" in one]
        assert not [one for one in told if "340" in one]
        assert not [one for one in said(provider(replace(WAITS, passed=3)), cells) if one.startswith("Pröva")]


def test_in_the_strict_mode_no_sentence_tells_a_count_that_is_not_rounded() -> None:
    told = sentences.of_provider(provider(), STRICT)[0].replace("\u00a0", " ")
    assert "(10 av 95, 11 %; riket 2,1 %)" in told
    answer = " ".join(sentences.answer([report_example.costs("confirmed", 23, 90_000_00, (18, 12, 9))], STRICT))
    assert "I 25 ärenden" in answer
    assert "Av 25 ärenden har 10 (40\u00a0%)" in answer.replace("40 %", "40\u00a0%")


def test_few_followed_operations_are_not_told_where_reading_is_explained() -> None:
    data = provider(small_numbers=SmallNumbers.PLAIN)
    few = tuple(replace(one, share=replace(one.share, n=3, events=0)) for one in data.outcomes)
    text = " ".join(pdf.read(provider_report.build(replace(data, outcomes=few))).text.split())
    assert "med 3 uppföljda" not in text
    assert "Höft <5 2,1 % –" in text


def test_one_is_told_in_the_singular_and_a_hidden_number_in_the_plural() -> None:
    assert (phrases.cases(1, OPEN), phrases.events(2, OPEN)) == ("1 ärende", "2 händelser")
    assert {phrases.cases(count, PLAIN) for count in (1, 4)} == {"<5 ärenden"}
    one = [replace(report_example.outcome("hip", 730, 9, 95), ambiguous=1)]
    assert notes.ambiguous(one, OPEN).startswith("1 operation har")
    assert notes.ambiguous(one, PLAIN).startswith("<5 operationer har")
