"""The table of users, as the command line and the window list them."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.texts import N_

USERS: Final[tuple[Column, ...]] = (
    Column("user", Kind.TEXT, N_("Användare")),
    Column("unit", Kind.TEXT, N_("Enhet")),
    Column("roles", Kind.TEXT, N_("Roller")),
    Column("opens", Kind.FLAG, N_("Kan öppna")),
    Column("added_at", Kind.TEXT, N_("Tillagd")),
    Column("added_by", Kind.TEXT, N_("Tillagd av")),
    Column("removed_at", Kind.TEXT, N_("Borttagen")),
    Column("removed_by", Kind.TEXT, N_("Borttagen av")),
)
SHOWN: Final = USERS[:6]
"""What the window shows of those who may open the store."""
