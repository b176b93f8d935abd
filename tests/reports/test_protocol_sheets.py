"""The protocol as a workbook: the sheets, real values, and nothing that should stay in the department."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.domain.table import Kind
from kvalitetsapp.exchange import workbook_writing
from kvalitetsapp.reports import protocol_sheets
from support import protocol_example

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.table import Table, Value

CLOSED, OPEN = protocol_example.protocol(), protocol_example.protocol(closed=False)
OUTSIDE = protocol_example.protocol(closed=False, small_numbers=SmallNumbers.PLAIN)


def _summary(table: Table) -> dict[tuple[Value, Value], dict[str, Value]]:
    return {(one["part"], one["what"]): one for one in table.records()}


def test_a_closed_round_of_two_has_all_sheets() -> None:
    titles = [title for title, _table in protocol_sheets.sheets(CLOSED)]
    assert titles == ["Sammanfattning", "Ärenden", "Svar per granskare", "Samstämmighet", "Definitioner"]


def test_every_row_has_a_value_for_every_column_of_the_right_kind() -> None:
    kinds = {Kind.INTEGER: int, Kind.RATE: float}
    for _title, table in (*protocol_sheets.sheets(CLOSED), *protocol_sheets.sheets(OUTSIDE)):
        for row in table.rows:
            for value, column in zip(row, table.columns, strict=True):
                assert value is None or isinstance(value, kinds.get(column.kind, str)), column


def test_the_cases_carry_what_was_decided() -> None:
    cases = dict(protocol_sheets.sheets(CLOSED))["Ärenden"].records()
    assert len(cases) == CLOSED.progress.cases
    first = cases[0]
    assert (first["event_ref"], first["event_date"], first["days"]) == ("vårdsystem/90000", "2022-01-03", 20)
    assert (first["decision"], first["complication_class"], first["cultures_taken"]) == ("confirmed", "infection", 5)


def test_the_summary_adds_up_with_the_cases() -> None:
    told = _summary(dict(protocol_sheets.sheets(CLOSED))["Sammanfattning"])
    cases = dict(protocol_sheets.sheets(CLOSED))["Ärenden"].records()
    confirmed = [one for one in cases if one["decision"] == "confirmed"]
    assert told["Beslut", "Bekräftad"]["count"] == len(confirmed) == 32
    assert told["Komplikation", "Infektion"]["count"] == sum(
        one["complication_class"] == "infection" for one in confirmed
    )
    assert told["Läge", "Alla"]["count"] == len(cases)
    assert told["Omgången", "Händelser"]["said"] == "2022-01-01 till och med 2023-03-31"
    assert round(float(told["Undvikbarhet", "Vårdskada (3–4) av bedömda"]["share"] or 0), 3) == 0.387


def test_the_summary_tells_time_questions_and_missed_harm() -> None:
    told = _summary(dict(protocol_sheets.sheets(OPEN))["Sammanfattning"])
    first = OPEN.reviewers[0]
    assert told["Granskare", first.name]["count"] == first.answers
    assert told["Granskare", first.name]["said"] == "1 tim 4 min, per ärende 1 min (median)"
    assert told["Frågor till vårdgivare", "Besvarade"]["count"] == 9
    assert told["Missade händelser, bedömda", "Skada"]["count"] == 6


def test_first_answers_that_could_lead_the_other_reviewer_stay_out_until_the_round_is_closed() -> None:
    def shown(state: CaseState) -> set[Value]:
        refs: set[Value] = {one.event_ref for one in OPEN.cases if one.state is state}
        answers = dict(protocol_sheets.sheets(OPEN))["Svar per granskare"].records()
        return refs & {one["event_ref"] for one in answers}

    assert any(one.case.state is CaseState.WAITING for one in OPEN.answers)
    assert shown(CaseState.WAITING) == set()
    assert shown(CaseState.DIFFERS) == set()
    assert shown(CaseState.DONE)
    closed = replace(OPEN, head=replace(OPEN.head, closed_on="2023-12-01"))
    assert len(closed.answers_to_show) == len(OPEN.answers) > len(OPEN.answers_to_show)


def test_outside_there_are_no_cases_and_small_numbers_are_text() -> None:
    made = dict(protocol_sheets.sheets(OUTSIDE))
    assert list(made) == ["Sammanfattning", "Samstämmighet", "Definitioner"]
    told = _summary(made["Sammanfattning"])
    assert (told["Undvikbarhet", "Inte besvarat"]["count"], told["Undvikbarhet", "Inte besvarat"]["said"]) == (
        None,
        "<5",
    )
    assert all(count is None or count not in range(1, 5) for count in (one["count"] for one in told.values()))


def test_a_round_with_nothing_done_still_makes_a_workbook() -> None:
    made = dict(protocol_sheets.sheets(protocol_example.empty_protocol()))
    assert list(made) == ["Sammanfattning", "Ärenden", "Definitioner"]
    assert made["Ärenden"].rows == []


def test_a_personal_number_that_slipped_into_a_pointer_is_masked() -> None:
    first, *others = CLOSED.cases
    slipped = replace(first, answer=replace(first.answer, pointer="se 19800718-9812"))
    cases = dict(protocol_sheets.sheets(replace(CLOSED, cases=(slipped, *others))))["Ärenden"].records()
    assert "9812" not in str(cases[0]["pointer"])


def test_the_workbook_opens_with_words_dates_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "protokoll.xlsx"
    properties = workbook_writing.Properties(CLOSED.head.name, date.fromisoformat(CLOSED.head.closed_on))
    workbook_writing.write(path, protocol_sheets.sheets(CLOSED), properties)
    book = openpyxl.load_workbook(path)
    head, first = list(book["Ärenden"].iter_rows(max_row=2, values_only=True))
    told = dict(zip(head, first, strict=True))
    assert told["Händelsedatum"] == datetime(2022, 1, 3)  # noqa: DTZ001
    assert (told["Dagar"], told["Beslut"], told["Led"]) == (20, "Bekräftad", "Knä")
    assert told["Undvikbarhet"] == "1: inte undvikbar"
    relation = next(row for row in book["Samstämmighet"].iter_rows(values_only=True) if row[0] == "Samband")
    assert relation[5:8] == (0.86, 0.74, 0.99)
    assert all(sheet.freeze_panes == "A2" for sheet in book)
