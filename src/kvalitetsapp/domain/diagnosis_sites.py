"""Which joint a diagnosis concerns, as far as its code tells.

Three things tell it, in this order: the table of complications names a joint; the code belongs to a category that is
about one joint; or its fifth character is the letter of a site (F hip or thigh, G knee or lower leg, B shoulder or
upper arm; a family says which is its own), in the categories where ICD-10-SE uses letters for sites (Socialstyrelsen,
ICD-10-SE 2020, chapter XIII and T84, T87 and Z96.6; a test holds this against the titles of all codes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families

if TYPE_CHECKING:
    from kvalitetsapp.domain.codes import CodeTables

_LETTERED: Final = ("M", "T84", "T87", "Z966")
_OTHERWISE_LETTERED: Final = ("M082", "M084", "M090", "M328", "M350", "M728", "M793", "M925")
"""Where the letters count kinds of the disease instead."""
_WITH_LETTER: Final = 5


def joint_of(code: str, tables: CodeTables) -> str:
    """Return the joint of a normalised diagnosis code, "" where the code does not tell it."""
    for one in tables.complication_diagnoses:
        if one.joint != "any" and (code == one.code or (one.prefix and code.startswith(one.code))):
            return one.joint
    lettered = len(code) == _WITH_LETTER and code.startswith(_LETTERED) and not code.startswith(_OTHERWISE_LETTERED)
    by_category = (one.family for one in families.known() if code.startswith(one.diagnoses))
    by_letter = (one.family for one in families.known() if lettered and code.endswith(one.site_letters))
    return next(by_category, None) or next(by_letter, "")
