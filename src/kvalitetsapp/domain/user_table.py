"""The table of users, as the command line lists them."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.texts import N_

USERS: Final = (
    Column("user", Kind.TEXT, N_("Användare")),
    Column("unit", Kind.TEXT, N_("Enhet")),
    Column("roles", Kind.TEXT, N_("Roller")),
    Column("opens", Kind.FLAG, N_("Har en plats i nyckelfilen")),
    Column("added_at", Kind.TEXT, N_("Tillagd")),
    Column("added_by", Kind.TEXT, N_("Tillagd av")),
    Column("removed_at", Kind.TEXT, N_("Borttagen")),
    Column("removed_by", Kind.TEXT, N_("Borttagen av")),
)
