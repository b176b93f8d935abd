"""Tables are as small as their longest number and head asks, and no word of a head is broken."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from kvalitetsapp.reports import styles, tables
from kvalitetsapp.reports.tables import Column, Grid, words


@pytest.mark.parametrize("weight", [0.8, 0.9, 1.4])
def test_a_head_of_words_after_numbers_has_room_for_its_longest_word(weight: float) -> None:
    styles.register_fonts()
    columns = (Column("Nr", 0.5), words("Importerad", weight), words("Fil", 6.0))
    made: Any
    (made,) = tables.flowables(Grid(columns, [("1", "2026-11-26", "fil.csv")]))
    made.wrap(styles.WIDTH, 500)
    (head,) = made._cellvalues[0][1]
    assert len(head.blPara.lines) == 1


def test_heads_are_readable_where_the_table_is_small() -> None:
    for size in (6.2, 6.6, 7.8):
        assert styles.head(size, right=True).fontSize >= 6.2
    assert styles.head(5.0, right=True).fontSize <= 5.0
    assert stringWidth("1 000 000,00", styles.BOLD, 6.2) < 60


def test_words_after_numbers_do_not_reach_into_the_next_column() -> None:
    styles.register_fonts()
    columns = (Column("Dagar", 1.0), words("Beslut", 1.5), words("Slag", 5.0))
    wide = "Sannolikt samband"
    room = styles.WIDTH * 1.5 / 7.5 - 7.5
    size = 7.8 * room / (stringWidth(wide, styles.FONT, 7.8) + 4)
    made: Any
    (made,) = tables.flowables(Grid(columns, [("20", f"Bekräftad\n{wide}", "Infektion")], size=size))
    assert not isinstance(made._cellvalues[1][1], str)
