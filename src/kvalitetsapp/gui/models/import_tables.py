"""Imports as tables: files to take in, earlier imports, rejected rows and findings, in words people use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.identity import hidden
from kvalitetsapp.domain.imports import finding_text, kind_text, shown_ref, shown_value
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.undo import undone_text
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.imports import Finding, ImportDetails, Reject
    from kvalitetsapp.services.import_plan import PlannedFile, Taken, Tried
    from kvalitetsapp.services.imports import ImportOutcome

_ACCOUNT: Final = (
    Column("read", Kind.INTEGER, N_("Lästa")),
    Column("stored", Kind.INTEGER, N_("Nya")),
    Column("corrected", Kind.INTEGER, N_("Rättade")),
    Column("unchanged", Kind.INTEGER, N_("Oförändrade")),
    Column("rejected", Kind.INTEGER, N_("Avvisade")),
)
FILES: Final = (
    Column("file", Kind.TEXT, N_("Fil")),
    Column("kind", Kind.TEXT, N_("Innehåll")),
    Column("profile", Kind.TEXT, N_("Mappningsprofil")),
    *_ACCOUNT,
    Column("findings", Kind.INTEGER, N_("Fynd")),
    Column("state", Kind.TEXT, N_("Läge")),
)
EARLIER: Final = (
    Column("imported_at", Kind.TEXT, N_("Inläst")),
    Column("file", Kind.TEXT, N_("Fil")),
    Column("kind", Kind.TEXT, N_("Innehåll")),
    *_ACCOUNT,
    Column("state", Kind.TEXT, N_("Läge")),
    Column("profile", Kind.TEXT, N_("Mappningsprofil")),
    Column("batch", Kind.INTEGER, N_("Import nr")),
)
REJECTS: Final = (
    Column("row", Kind.INTEGER, N_("Rad")),
    Column("column", Kind.TEXT, N_("Kolumn")),
    Column("value", Kind.TEXT, N_("Värde")),
    Column("reason", Kind.TEXT, N_("Skäl")),
)
FINDINGS: Final = (
    Column("row", Kind.INTEGER, N_("Rad")),
    Column("text", Kind.TEXT, N_("Fynd")),
    Column("column", Kind.TEXT, N_("Kolumn")),
    Column("value", Kind.TEXT, N_("Värde")),
    Column("ref", Kind.TEXT, N_("Gäller")),
)

_COLUMNS: Final[dict[str, str]] = {
    "admitted": N_("Inskriven"),
    "answered_on": N_("Besvarad"),
    "asa": N_("ASA-klass"),
    "bankgiro": N_("Bankgiro"),
    "birth_country": N_("Födelseland"),
    "birth_date": N_("Födelsedatum"),
    "bmi": N_("BMI"),
    "cap": N_("Tak"),
    "care_form": N_("Vårdform"),
    "code": N_("Kod"),
    "comment": N_("Kommentar"),
    "complication_class": N_("Komplikation"),
    "cost": N_("Kostnad"),
    "cost_type": N_("Kostnadsslag"),
    "country": N_("Land"),
    "county": N_("Län"),
    "death_date": N_("Dödsdatum"),
    "decided_on": N_("Beslutad"),
    "deviation": N_("Avvikelse"),
    "diagnosis": N_("Diagnos"),
    "discharged": N_("Utskriven"),
    "drg": N_("DRG"),
    "education": N_("Utbildning"),
    "email": N_("E-post"),
    "entry_id": N_("Väntandes id"),
    "episode_id": N_("Vårdkontaktens id"),
    "event_ref": N_("Händelse"),
    "fixation": N_("Fixation"),
    "hospital": N_("Sjukhus"),
    "hsa_id": N_("HSA-id"),
    "id": N_("Avtalets id"),
    "index_ref": N_("Primäroperation"),
    "indicator": N_("Mått"),
    "instrument": N_("Formulär"),
    "item": N_("Fråga"),
    "joint": N_("Led"),
    "joints": N_("Leder"),
    "kind": N_("Slag"),
    "level": N_("Nivå"),
    "line": N_("Rad i underlaget"),
    "main_diagnosis": N_("Huvuddiagnos"),
    "medical_area": N_("Verksamhetsområde"),
    "moved_out": N_("Utflyttad"),
    "municipality": N_("Kommun"),
    "n": N_("Antal"),
    "name": N_("Namn"),
    "note": N_("Not"),
    "occasion": N_("Tillfälle"),
    "operated_on": N_("Opererad"),
    "operation_kind": N_("Slag av operation"),
    "org_number": N_("Organisationsnummer"),
    "other_diagnoses": N_("Bidiagnoser"),
    "payer_route": N_("Ersättningsväg"),
    "payer_routes": N_("Ersättningsvägar"),
    "peppol_id": N_("Peppol-id"),
    "performed_on": N_("Utförd"),
    "period": N_("Period"),
    "personal_id": N_("Personnummer"),
    "planned_on": N_("Planerad"),
    "position": N_("Plats"),
    "price": N_("Pris"),
    "price_year": N_("Prisår"),
    "priority": N_("Prioritet"),
    "procedure_code": N_("Åtgärdskod"),
    "procedure_date": N_("Åtgärdsdatum"),
    "procedures": N_("Åtgärder"),
    "provider_id": N_("Vårdgivare"),
    "providers": N_("Vårdgivare"),
    "record_id": N_("Postens id"),
    "reviewed_on": N_("Granskad"),
    "reviewer": N_("Granskare"),
    "role": N_("Roll"),
    "same_as": N_("Samma som"),
    "sex": N_("Kön"),
    "side": N_("Sida"),
    "snapshot_on": N_("Gäller den"),
    "source": N_("Källa"),
    "unit": N_("Enhet"),
    "unit_of_value": N_("Värdets enhet"),
    "valid_from": N_("Gäller från"),
    "valid_to": N_("Gäller till"),
    "value": N_("Värde"),
    "verdict": N_("Beslut"),
    "weight": N_("Vikt"),
    "year": N_("År"),
}


class Batch(Protocol):
    """An earlier import, as the service gives it."""

    @property
    def batch(self) -> int: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def file_name(self) -> str: ...  # noqa: D102
    @property
    def profile_name(self) -> str: ...  # noqa: D102
    @property
    def imported_at(self) -> str: ...  # noqa: D102
    @property
    def read(self) -> int: ...  # noqa: D102
    @property
    def stored(self) -> int: ...  # noqa: D102
    @property
    def corrected(self) -> int: ...  # noqa: D102
    @property
    def unchanged(self) -> int: ...  # noqa: D102
    @property
    def rejected(self) -> int: ...  # noqa: D102
    @property
    def undone_at(self) -> str | None: ...  # noqa: D102
    @property
    def undone_by(self) -> str | None: ...  # noqa: D102
    @property
    def undone_because(self) -> str | None: ...  # noqa: D102


def planned_table(files: Sequence[PlannedFile]) -> Table:
    """Return files that have not been tried yet."""
    state = _("Provläses …")
    return Table(FILES, [_file_row(file, None, file.problem or state) for file in files])


def tried_table(taken: Taken) -> Table:
    """Return files with their accounts: of what would happen, or of what did."""
    state = _("Inläst") if taken.applied else _("Provläst")
    return Table(FILES, [_file_row(one.file, one.outcome, one.problem or state) for one in taken.files])


def earlier_table(batches: Sequence[Batch]) -> Table:
    """Return earlier imports, newest first."""
    return Table(EARLIER, [_batch_row(batch) for batch in batches])


def rejects_table(details: ImportDetails | ImportOutcome | None) -> Table:
    """Return the rejected rows of an import."""
    return Table(REJECTS, [] if details is None else [_reject_row(reject) for reject in details.rejects])


def findings_table(details: ImportDetails | ImportOutcome | None) -> Table:
    """Return the findings of an import."""
    return Table(
        FINDINGS, [] if details is None else [_finding_row(details.kind, finding) for finding in details.findings]
    )


def account(read: int, stored: int, corrected: int, unchanged: int, rejected: int) -> str:
    """Return an account as a sentence that adds up."""
    return _(
        "{read} lästa = {stored} nya + {corrected} rättade + {unchanged} oförändrade + {rejected} avvisade"
    ).format(
        read=number(read),
        stored=number(stored),
        corrected=number(corrected),
        unchanged=number(unchanged),
        rejected=number(rejected),
    )


def sum_account(files: Sequence[Tried]) -> str:
    """Return the account over all files that could be read."""
    outcomes = [one.outcome for one in files if one.outcome is not None]
    return account(
        sum(one.read for one in outcomes),
        sum(one.stored for one in outcomes),
        sum(one.corrected for one in outcomes),
        sum(one.unchanged for one in outcomes),
        sum(one.rejected for one in outcomes),
    )


def column_text(name: str) -> str:
    """Return a canonical column's Swedish name; another name stands as it is."""
    return _(_COLUMNS[name]) if name in _COLUMNS else name


def _file_row(file: PlannedFile, outcome: ImportOutcome | None, state: str) -> Row:
    kind = _("Okänt") if file.kind is None else kind_text(file.kind)
    profile = file.profile_name
    if outcome is None:
        return (file.path.name, kind, profile, None, None, None, None, None, None, state)
    return (
        file.path.name,
        kind,
        profile,
        outcome.read,
        outcome.stored,
        outcome.corrected,
        outcome.unchanged,
        outcome.rejected,
        outcome.finding_count,
        state,
    )


def _batch_row(batch: Batch) -> Row:
    return (
        to_the_minute(batch.imported_at),
        hidden(batch.file_name),
        kind_text(batch.kind),
        batch.read,
        batch.stored,
        batch.corrected,
        batch.unchanged,
        batch.rejected,
        _state(batch),
        "" if batch.profile_name == "standard" else batch.profile_name,
        batch.batch,
    )


def _state(batch: Batch) -> str:
    if batch.undone_at is None:
        return ""
    return undone_text(batch.undone_at, batch.undone_by or "", batch.undone_because or "")


def _reject_row(reject: Reject) -> Row:
    return (reject.row, column_text(reject.column), shown_value(reject.column, reject.value), reject.reason)


def _finding_row(kind: str, finding: Finding) -> Row:
    shown = shown_value(finding.column, finding.value)
    about = shown_ref(kind, finding.ref)
    return (finding.row or None, finding_text(finding.rule), column_text(finding.column), shown, about)
