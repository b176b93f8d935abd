"""Which joint a diagnosis concerns, as far as its code tells.

Three things tell it, in this order: the table of complications names a joint; the code belongs to a category that is
about one joint; or its fifth character is the letter of a site (F hip or thigh, G knee or lower leg, B shoulder or
upper arm), in the categories where ICD-10-SE uses letters for sites (Socialstyrelsen, ICD-10-SE 2020, chapter XIII and
T84, T87 and Z96.6; a test holds this against the titles of all codes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import Joint

if TYPE_CHECKING:
    from kvalitetsapp.domain.codes import CodeTables

_CATEGORIES: Final = {
    "M16": Joint.HIP,
    "S720": Joint.HIP,
    "S721": Joint.HIP,
    "S722": Joint.HIP,
    "M17": Joint.KNEE,
}
_LETTERS: Final = {"F": Joint.HIP, "G": Joint.KNEE, "B": Joint.SHOULDER}
_LETTERED: Final = ("M", "T84", "T87", "Z966")
_OTHERWISE_LETTERED: Final = ("M082", "M084", "M090", "M328", "M350", "M728", "M793", "M925")
"""Where the letters count kinds of the disease instead."""
_WITH_LETTER: Final = 5


def joint_of(code: str, tables: CodeTables) -> str:
    """Return the joint of a normalised diagnosis code, "" where the code does not tell it."""
    for one in tables.complication_diagnoses:
        if one.joint != "any" and (code == one.code or (one.prefix and code.startswith(one.code))):
            return one.joint
    for beginning, joint in _CATEGORIES.items():
        if code.startswith(beginning):
            return joint.value
    if len(code) == _WITH_LETTER and code.startswith(_LETTERED) and not code.startswith(_OTHERWISE_LETTERED):
        joint_by_letter = _LETTERS.get(code[-1])
        return "" if joint_by_letter is None else joint_by_letter.value
    return ""
