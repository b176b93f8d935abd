"""What waiting lists are told with: the words of their groups, outlooks and checks."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain.waiting import MISSING, WaitingKey
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _

_MISSING: Final[dict[WaitingKey, str]] = {
    WaitingKey.COUNTY: N_("Län saknas"),
    WaitingKey.AREA: N_("Utan område"),
    WaitingKey.CODE: N_("Kod saknas"),
    WaitingKey.PROVIDER: N_("Vårdgivare saknas"),
    WaitingKey.DEVIATION: N_("Avvikelseorsak saknas"),
    WaitingKey.PRIORITY: N_("Prioritet saknas"),
    WaitingKey.MUNICIPALITY: N_("Kommun saknas"),
    WaitingKey.SEX: N_("Kön saknas"),
    WaitingKey.AGE_GROUP: N_("Ålder saknas"),
}


def key_name(by: WaitingKey, key: str) -> str:
    """Return what a group is called, where that needs no table: a county's name and a provider's do."""
    if key == MISSING:
        return _(_MISSING[by])
    if by is WaitingKey.DEVIATION:
        return word("deviation", key)
    if by is WaitingKey.SEX:
        return word("sex", key)
    if by is WaitingKey.AGE_GROUP:
        return _("{ages} år").format(ages=key.replace("-", "–"))
    return key
