"""The table twin and the sentences of every kind of chart: nothing can be read from a drawing only."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain import chart_marks
from kvalitetsapp.domain.chart_tables import table_of
from kvalitetsapp.domain.table import Kind
from support.screen_charts import CHARTS, EMPTY, HEAT_MAP, SURVIVAL

LAST = {
    "funnel": "Sjövik <dag>: 0 av 12, 0,0 % (95 % KI 0,0 % till 24,2 %), inom gränserna",
    "survival": "Axel, dag 1 460: 7,2 % (95 % KI 5,1 % till 10,1 %); 170 följs, 48 med händelse, 16 avlidna. "
    "Kumulativ incidens 6,5 %.",
    "caterpillar": "Talludden: inget uppföljt",
    "ratios": "Fjällkliniken: 19 av 410, 2,31 (95 % KI 1,39 till 3,61), över 99,8 %-gränsen",
    "g": "2023-10-14: 140 operationer sedan händelsen före",
    "run": "2023-12: 8 av 120, 6,7 %, hör till en förändring",
    "cusum": "Operation 240, 2023-11-07: summan är 2,90",
    "heat": "Sjövik <dag>, Död 90 dagar: –",
    "profile": "Djup infektion, jämfört med riket: kvinnor –, män –, alla –",
    "compass": "Tio års överlevnad: –; läge – mellan 0 och 1 där 1 är bäst, riket 0,60",
    "flow": "Obesvarade: –, 640 000 kr",
    "strip": "61 560 kr, bekräftad, annan komplikation",
    "forest": "Utanför Norden och EU: färre än 5 personer, n 3",
    "forest-ratio": "EU utom Norden: kvot 0,00 (95 % KI 0,00 till 3,90), n 40",
    "months": "2022-12: väntande 911, väntande utan MOV/PVV 729, över 150 dagar 182, över 150 utan MOV/PVV 109",
    "days": "391– dagar: 12 väntande, 10 utan MOV och PVV",
    "queues": "Område 8: 133 väntande, 113 utan MOV och PVV, 53 över 90 dagar, 27 över 150",
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_row_a_key_and_a_sentence_for_every_mark(name: str) -> None:
    chart = CHARTS[name]
    table, keys = table_of(chart), chart_marks.keys(chart)
    assert len(table.rows) == len(keys) == len(chart_marks.marks(chart)) > 1
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert chart_marks.sentence(chart, len(keys) - 1).replace("\u00a0", " ") == LAST[name]
    assert chart_marks.title(chart)


@pytest.mark.parametrize("name", CHARTS)
def test_figures_have_kinds_that_are_aligned_and_written_as_numbers(name: str) -> None:
    table = table_of(CHARTS[name])
    for place, column in enumerate(table.columns):
        values = [row[place] for row in table.rows if row[place] is not None]
        if any(isinstance(value, float) for value in values):
            assert column.kind is Kind.RATE, column.name
        if column.kind is Kind.DECIMAL:
            assert [float(str(value)) for value in values if value], column.name


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_chart_has_an_empty_table_under_its_headings(name: str) -> None:
    assert table_of(EMPTY[name]).rows == []
    assert table_of(EMPTY[name]).columns
    assert chart_marks.title(EMPTY[name])


def test_a_cell_is_told_by_its_row_and_column() -> None:
    rows = table_of(HEAT_MAP).records()
    assert rows[5] == {"row": "Fjällkliniken", "column": "Infektion", "shown": "0,5\u00a0%"}
    assert chart_marks.keys(HEAT_MAP)[5] == "1/1"


def test_r11_days_after_the_curve_has_been_cut_have_no_row() -> None:
    from dataclasses import replace

    cut = replace(SURVIVAL.curves[0], steps=SURVIVAL.curves[0].steps[:10])
    days = [row["time_days"] for row in table_of(replace(SURVIVAL, curves=(cut,))).records()]
    assert days == [0, 365]
