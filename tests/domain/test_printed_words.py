"""What can stand in a report as somebody typed it, and what cannot."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain.printed_words import LONGEST_LINE, has_unseen, wrong_with_line


@pytest.mark.parametrize(
    "text", ["", "Åsa Öberg-Exempel, ST", "=1+1", "<b>A</b> & {x} %s", "Ö" * LONGEST_LINE, "a\xa0b"]
)
def test_a_line_of_ordinary_signs_can_be_printed(text: str) -> None:
    assert wrong_with_line(text) == ""


@pytest.mark.parametrize(
    "text",
    ["A" * (LONGEST_LINE + 1), "två\nrader", "flik\t", "A\u202eB", "\x1b[31m", "A 19121212-1212", "\u2028"],
)
def test_long_lines_unseen_signs_and_personal_numbers_cannot(text: str) -> None:
    assert wrong_with_line(text).endswith("utan tecken som inte syns.")


def test_line_ends_are_seen_but_not_marks_of_direction() -> None:
    assert not has_unseen("en rad\noch\ten till\r\n")
    assert has_unseen("en rad\u200f")
