"""What goes wrong with the file or its disk, said in Swedish."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from kvalitetsapp.errors import DamageError, RefusedError
from kvalitetsapp.store import dialect
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Say in Swedish what the file or its disk is to blame for; everything else is a bug."""
    try:
        yield
    except dialect.DatabaseError as error:
        if dialect.is_out_of_room(error):
            raise RefusedError(
                _("Disken är full eller går inte att skriva på. Inget har ändrats. Gör plats och försök igen.")
            ) from error
        if not dialect.is_damage(error):
            raise
        raise DamageError(
            _("Databasen är skadad. Kör ”kvalitetsapp store check”, och ta fram en säkerhetskopia.")
        ) from error
