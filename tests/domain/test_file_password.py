"""Passwords of files: long enough, not on the document, and those made by the program never refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import file_password

KNOWN = ("ZVF23210099912605000001", "Region Exempel", "Fjällkliniken AB")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "för kort"),
        ("kortt-lösen", "för kort"),
        ("a" * 128, "för långt"),
        ("åäö" * 30 + "abcdefghijk", "för långt"),
        ("vinter\tregn och is", "inte går att skriva"),
        ("vinter\nregn och is", "inte går att skriva"),
        ("vinter\ud800 regn och is", "inte går att skriva"),
        ("Lösenord-för-juni", "känt ord"),
        ("PASSWORD och mer", "känt ord"),
        ("zvf23210099912605000001", "känt ord"),
        ("2321009991260500", "känt ord"),
        ("Region Exempel 7", "känt ord"),
        ("fjallkliniken AB!", "känt ord"),
        ("ababababababab", "få olika"),
        ("11111111111111", "få olika"),
        ("hijklmnopqrst", "i följd"),
        ("zyxwvutsrqpo", "i följd"),
    ],
)
def test_a_password_that_is_guessed_or_cannot_be_typed_is_refused_with_its_reason(password: str, why: str) -> None:
    assert why in file_password.weakness(password, *KNOWN)


@pytest.mark.parametrize(
    "password", ["vinter regn häst 7", "k7rmd-2tq9x-hh5wc", "Ångermanälvens kaj", "🦊 räv i skogen ÅÄÖ"]
)
def test_a_few_words_are_enough(password: str) -> None:
    assert file_password.weakness(password, *KNOWN) == ""


def test_one_made_by_the_program_is_long_new_each_time_and_never_refused() -> None:
    made = {file_password.generated() for _turn in range(200)}
    assert len(made) == 200
    assert all(file_password.weakness(one, *KNOWN) == "" for one in made)
    assert all(len(one) == 23 and not set(one) & set("0O1lI8B") for one in made)


@given(st.text(min_size=12, max_size=40))
def test_the_same_letters_typed_in_another_form_are_the_same_password(text: str) -> None:
    taken_apart = unicodedata.normalize("NFD", text)
    assert file_password.as_used(taken_apart) == file_password.as_used(text)
