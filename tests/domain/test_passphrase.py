"""Passphrases that are guessed at once are refused with the reason; others are let be."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain.passphrase import weakness


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("sju ord", "för kort"),
        ("", "för kort"),
        ("a\u030aa\u030aa\u030aa\u030a", "för kort"),  # four letters, however the keyboard composed them
        ("aaaaaaaaaaaa", "för få olika"),
        ("abababababab", "för få olika"),
        ("          ", "för få olika"),
        ("!!!!????!!!!", "för få olika"),
        ("12345678", "i följd"),
        ("87654321", "i följd"),
        ("abcdefgh", "i följd"),
        ("lösenord", "prövas först"),
        ("Lösenord 2024!", "prövas först"),
        ("QWERTYUIOP", "prövas först"),
        ("Anna Andersson", "namnet"),
        ("annaandersson12", "namnet"),
        ("ortopedkliniken", "enheten"),
        ("Uppföljning1", "databasens namn"),
        ("åtta\x00ängar", "inte går att skriva"),
    ],
)
def test_a_weak_passphrase_is_refused_with_the_reason(passphrase: str, said: str) -> None:
    assert said in weakness(passphrase, "Anna Andersson", "Ortopedkliniken", "uppföljning")


@pytest.mark.parametrize(
    "passphrase",
    [
        "åtta ängar",
        "fem ord i en följd",
        "Anna läser gärna långa böcker",
        "日本語日本語の長い言葉",
        "🐎🐄🐖🐑🐓🦆🐕🐈",
        "x" * 7 + "yzåäö",
    ],
)
def test_a_passphrase_of_some_words_can_be_used_whatever_its_letters(passphrase: str) -> None:
    assert weakness(passphrase, "Anna Andersson", "Ort", "", "uppföljning") == ""
