"""A final report: signed, numbered, kept with its bytes, and only ever replaced or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.released import ReportKind, SmallNumbers

NUMBER: Final = "R-{year}-{count:04d}"
FINALS: Final[tuple[Column, ...]] = (
    Column("number", Kind.TEXT, N_("Nummer")),
    Column("kind", Kind.CODE, N_("Rapport"), "report_kind"),
    Column("subject", Kind.TEXT, N_("Om")),
    Column("data_cut", Kind.DATE, N_("Data till")),
    Column("small_numbers", Kind.CODE, N_("Små tal"), "small_numbers"),
    Column("signed_by", Kind.TEXT, N_("Fastställd av")),
    Column("signed_as", Kind.TEXT, N_("Roll")),
    Column("signed_at", Kind.TEXT, N_("Fastställd")),
    Column("replaces", Kind.TEXT, N_("Ersätter")),
    Column("withdrawn", Kind.TEXT, N_("Återkallad")),
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands behind a report, as what, and when (`YYYY-MM-DDTHH:MM:SS+hh:mm`)."""

    by: str
    role: str
    at: str


@dataclass(frozen=True, slots=True)
class FinalReport:
    """A report as it was signed; `withdrawn_at` "" while it stands, `replaces` "" where it is the first."""

    number: str
    kind: ReportKind
    subject: str
    data_cut: str
    small_numbers: SmallNumbers
    fingerprint: str
    sha256: str
    file_name: str
    made_by: str
    signature: Signature
    replaces: str = ""
    withdrawn_at: str = ""
    withdrawn_by: str = ""
    withdrawn_because: str = ""


def that_stand(found: Iterable[FinalReport], kind: ReportKind, subject: str) -> tuple[FinalReport, ...]:
    """Return the final reports about a subject that are in effect."""
    return tuple(one for one in found if (one.kind, one.subject, one.withdrawn_at) == (kind, subject, ""))


def finals_table(found: Iterable[FinalReport]) -> Table:
    """Return final reports as rows of `FINALS`."""
    return Table(
        FINALS,
        [
            (
                *(one.number, one.kind.value, one.subject, one.data_cut, one.small_numbers.value, one.signature.by),
                *(one.signature.role, one.signature.at[:16].replace("T", " "), one.replaces, one.withdrawn_at[:10]),
            )
            for one in found
        ],
    )
