"""Names of users: which can be used, and which two are the same."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain import user_name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "saknas"),
        ("   ", "saknas"),
        ("å" * 61, "för långt"),
        ("Anna\nBerg", "inte syns"),
        ("Anna\u202eBerg", "vänder texten"),
        ("Anna\u200bBerg", "inte syns"),
        ("Anna\u00a0Berg", "inte syns"),
        ("\ud800", "inte syns"),
        ("19680909-1239", "personnummer"),
        ("Anna 196809091239", "personnummer"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_with_the_reason(name: str, said: str) -> None:
    assert said in user_name.fault(name)


@pytest.mark.parametrize("name", ["a", "Anna Berg", "åsa.östlund", "CORP\\anna", "O’Neill", "李", "å" * 60])
def test_other_names_can_be_used(name: str) -> None:
    assert user_name.fault(name) == ""


def test_names_are_the_same_however_they_were_typed() -> None:
    assert user_name.same("Åsa  Berg", " A\u030asa berg")
    assert user_name.same("ÅSA BERG", "åsa berg")
    assert user_name.same("Straße", "STRASSE")
    assert not user_name.same("Åsa", "Asa")
    assert user_name.tidied(" A\u030asa   Berg ") == "Åsa Berg"
    assert user_name.found_in(("Åsa Berg", "Bo"), "BO") == "Bo"
    assert user_name.found_in(("Åsa Berg", "Bo"), "Eva") is None
