"""The log of what has left the department, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.released import Release

RELEASES: Final[tuple[Column, ...]] = (
    Column("released_at", Kind.TEXT, N_("Utlämnad")),
    Column("kind", Kind.CODE, N_("Rapport"), "report_kind"),
    Column("subject", Kind.TEXT, N_("Om")),
    Column("receiver", Kind.TEXT, N_("Mottagare")),
    Column("purpose", Kind.TEXT, N_("Syfte")),
    Column("small_numbers", Kind.CODE, N_("Små tal"), "small_numbers"),
    Column("data_cut", Kind.DATE, N_("Data till")),
    Column("file_name", Kind.TEXT, N_("Fil")),
    Column("who", Kind.TEXT, N_("Av")),
    Column("fingerprint", Kind.TEXT, N_("Fingeravtryck")),
)


def releases_table(found: Iterable[Release]) -> Table:
    """Return releases as rows of `RELEASES`."""
    return Table(
        RELEASES,
        [
            (
                *(to_the_minute(one.released_at), one.kind.value, one.subject, one.receiver, one.purpose),
                *(one.small_numbers.value, one.data_cut, one.file_name, one.who, one.fingerprint),
            )
            for one in found
        ],
    )
