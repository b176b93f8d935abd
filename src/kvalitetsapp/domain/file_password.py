"""The password of a file that leaves the department: long enough, not guessed at once, never kept by the program."""

from __future__ import annotations

import re
import secrets
import unicodedata
from itertools import pairwise
from typing import Final

from kvalitetsapp.texts import _

SHORTEST: Final = 12
LONGEST_BYTES: Final = 127  # what the encryption of PDF 2.0 reads of a password
_LEAST_DIFFERENT: Final = 6
# No letter or digit that is taken for another when it is read out: 30 letters, 20 of them are 98 bits.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz2345679"
_GROUPS, _GROUP_LENGTH = 4, 5
_KNOWN: Final = ("losenord", "password", "passord", "qwerty", "asdfgh", "abcdef", "123456", "654321", "kvalitetsapp")


def generated() -> str:
    """Return a new password that is easy to read out: `k7rmd-…`, 98 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _letter in range(_GROUP_LENGTH)) for _group in range(_GROUPS))
    return "-".join(groups)


def as_used(password: str) -> str:
    """Return the password in the one form in which its characters can be written, whatever keyboard typed them."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, *known: str) -> str:
    """Return why a password cannot be used, in a Swedish sentence, "" where it can; `known` stands on the document."""
    password = as_used(password)
    if len(password) < SHORTEST:
        return _("Lösenordet är för kort: minst {n} tecken.").format(n=SHORTEST)
    if len(password.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        return _("Lösenordet är för långt: högst {n} byte.").format(n=LONGEST_BYTES)
    if any(unicodedata.category(letter).startswith("C") for letter in password):
        return _("Lösenordet innehåller tecken som inte går att skriva. Skriv det på nytt.")
    plain = _plain(password)
    named = [word for word in map(_plain, known) if len(word) >= _LEAST_DIFFERENT]
    if any(word in plain for word in _KNOWN) or any(word in plain or plain in word for word in named):
        return _("Lösenordet är lätt att gissa: det innehåller ett känt ord eller något som står på underlaget.")
    if len(set(plain)) < _LEAST_DIFFERENT or _is_in_a_row(plain):
        return _("Lösenordet är lätt att gissa: för få olika tecken, eller tecken i följd.")
    return ""


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def _is_in_a_row(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(steps) == 1
