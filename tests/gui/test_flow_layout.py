"""Rows that go over to further lines where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSizePolicy, QWidget

from kvalitetsapp.gui.flow_layout import FlowLayout, flowing

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WIDE, NARROW = 900, 330


@pytest.fixture
def row(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.first = [QPushButton(f"Knapp nummer {n}") for n in range(4)]  # type: ignore[attr-defined]
    made.last = QPushButton("Sist")  # type: ignore[attr-defined]
    made.setLayout(flowing(made, made.first, (made.last,)))  # type: ignore[attr-defined]
    made.resize(WIDE, 200)
    made.show()
    return made


def buttons(row: QWidget) -> list[QPushButton]:
    return row.findChildren(QPushButton)


def test_what_has_room_stands_in_one_line_with_the_last_at_its_end(row: QWidget) -> None:
    assert len({each.y() for each in buttons(row)}) == 1
    assert buttons(row)[-1].geometry().right() == WIDE - 1


def test_what_has_no_room_begins_a_new_line_and_nothing_is_cut_off(row: QWidget) -> None:
    row.resize(NARROW, 200)
    assert len({each.y() for each in buttons(row)}) > 1
    for each in buttons(row):
        assert each.geometry().right() < NARROW
        assert each.width() >= each.sizeHint().width()
    layout = row.layout()
    assert layout is not None
    assert layout.heightForWidth(NARROW) > layout.heightForWidth(WIDE)


def test_a_row_asks_for_no_more_width_than_its_widest_thing(row: QWidget) -> None:
    assert row.minimumSizeHint().width() == max(each.minimumSizeHint().width() for each in buttons(row))


def test_a_label_stays_beside_its_field_and_fields_share_what_is_left_over(qtbot: QtBot) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    layout = FlowLayout(made)
    made.setLayout(layout)
    pairs = [(QLabel(f"Fält {n}"), QComboBox()) for n in range(3)]
    for label, box in pairs:
        box.addItem("Ett val som är långt")
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout.add_field(label, box)
    made.resize(NARROW, 200)
    made.show()
    for label, box in pairs:
        assert label.geometry().center().y() == pytest.approx(box.geometry().center().y(), abs=2)
        assert label.geometry().right() < box.x()
    assert pairs[-1][1].geometry().right() == pytest.approx(NARROW - 1, abs=3)
