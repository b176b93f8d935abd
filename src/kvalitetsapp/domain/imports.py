"""What an import reads and what it has to say about a row: kinds of files, rejects and findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kvalitetsapp.domain import identity
from kvalitetsapp.texts import N_, _


class KindOfFile(StrEnum):
    """What the rows of a file are about (data contract, section 1)."""

    PROVIDERS = "providers"
    PERSONS = "persons"
    EPISODES = "episodes"
    PROCEDURES = "procedures"
    PROCEDURE_LIST = "procedure_list"
    DIAGNOSES = "diagnoses"
    COSTS = "costs"
    ALIASES = "aliases"
    VERDICTS = "verdicts"
    REGISTER_OPERATIONS = "register_operations"
    WAITING = "waiting"
    POPULATION = "population"
    PROMS = "proms"
    BENCHMARKS = "benchmarks"
    AGREEMENTS = "agreements"
    DRG_WEIGHTS = "drg_weights"
    DRG_PRICES = "drg_prices"


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that stays out: where, the value as delivered, a word for programs and a sentence for people.

    `row` is what a spreadsheet shows (the header is 1), for agreements the place from 1; `column` is the canonical
    name, "" where the whole row is meant.
    """

    row: int
    column: str
    value: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was let in but looks wrong; `ref` names the thing it is about, "" for the file itself."""

    row: int
    rule: str
    column: str
    value: str
    ref: str


@dataclass(frozen=True, slots=True)
class AmountAccount:
    """What became of the kronor in one column of a file, in öre: read = stored + corrected + unchanged + rejected.

    Each row's amount as delivered counts where the row counts; `unreadable` rows hold no amount that can be read.
    """

    column: str
    read: int
    stored: int
    corrected: int
    unchanged: int
    rejected: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A value that an import changes in a row that is stored already; amounts in öre, "" for nothing.

    `row` is 0 where the file's row is not known: in what follows from many rows, and in earlier imports.
    """

    row: int
    ref: str
    column: str
    before: str | int
    after: str | int


@dataclass(frozen=True, slots=True)
class ImportDetails:
    """The rejected rows and the findings of an earlier import, its account in kronor and what it changed.

    `findings` and `changed_cells` are the first of them; `finding_count` tells how many findings there are.
    """

    rejects: tuple[Reject, ...]
    findings: tuple[Finding, ...]
    amounts: tuple[AmountAccount, ...] = ()
    changed_cells: tuple[ChangedCell, ...] = ()
    kind: str = ""
    finding_count: int = 0


_FINDINGS: Final[dict[str, str]] = {
    "unknown_column": N_("Kolumnen hör inte till filens slag och lästes inte"),
    "unknown_code": N_("Koden finns inte i kodtabellen"),
    "missing_cost": N_("Kostnad saknas för en vårdkontakt som kan vara en komplikation"),
    "bad_org_number": N_("Organisationsnumret har fel kontrollsiffra eller form"),
    "doubtful_identity": N_("Numret kan ha förlorat ett skiljetecken eller en nolla och togs som reservnummer"),
    "lost_zero_identity": N_("Numret har troligen förlorat nollor i början och togs som reservnummer"),
    "perhaps_rounded_identity": N_("Numret slutar på fyra nollor och kan vara avrundat"),
    "born_after_care": N_("Personen är enligt sitt nummer född efter vårdkontakten"),
    "procedure_outside_stay": N_("Åtgärdsdatumet ligger utanför vårdkontakten"),
    "birth_date_differs": N_("Födelsedatumet är ett annat än i personnumret"),
    "sex_differs": N_("Könet är ett annat än i personnumret"),
    "death_before_birth": N_("Dödsdatumet ligger före födelsedatumet"),
    "future_date": N_("Datumet ligger efter importdagen"),
    "perhaps_fraction": N_("Värdet är under en procent och kan vara en andel (0,023 för 2,3 %)"),
    "repeated_in_file": N_("Raden säger något annat än en tidigare rad i samma fil; den senare gäller"),
    "alias_of_itself": N_("Numret sägs vara detsamma som sig självt"),
    "unknown_provider": N_("Avtalet nämner en vårdgivare som inte är inläst"),
    "cost_types_differ": N_("Kostnadsslagen blir tillsammans en annan summa än vårdkontaktens hela kostnad"),
    "two_main_diagnoses": N_("Vårdkontakten har fått mer än en huvuddiagnos"),
    "unknown_municipality": N_("Kommunkoden finns inte i kommunlistan"),
    "decided_after_snapshot": N_("Beslutet om åtgärd är senare än den dag väntelistan gäller"),
    "decided_after_planned": N_("Beslutet om åtgärd är senare än den planerade dagen"),
    "answer_out_of_range": N_("Svaret ligger utanför frågans skala"),
    "unknown_key": N_("Nyckeln hör inte till ett avtal och lästes inte"),
}

_DERIVED_FINDINGS: Final[dict[str, str]] = {
    "repeat_primary": N_("Samma led och sida har fått en primäroperation mer än en gång"),
    "death_before_operation": N_("Dödsdatumet ligger före operationen"),
    "moved_before_operation": N_("Flyttdatumet ligger före operationen"),
}
_KIND_TEXTS: Final[dict[str, str]] = {
    KindOfFile.PROVIDERS: N_("Vårdgivare"),
    KindOfFile.PERSONS: N_("Personer"),
    KindOfFile.EPISODES: N_("Vårdkontakter"),
    KindOfFile.PROCEDURES: N_("Åtgärder"),
    KindOfFile.PROCEDURE_LIST: N_("Åtgärder i ordning"),
    KindOfFile.DIAGNOSES: N_("Diagnoser"),
    KindOfFile.COSTS: N_("Kostnader"),
    KindOfFile.ALIASES: N_("Hopförda nummer"),
    KindOfFile.VERDICTS: N_("Granskningsbeslut"),
    KindOfFile.REGISTER_OPERATIONS: N_("Operationer i ledregistret"),
    KindOfFile.WAITING: N_("Väntelistor"),
    KindOfFile.POPULATION: N_("Folkmängd"),
    KindOfFile.PROMS: N_("Patientenkäter"),
    KindOfFile.BENCHMARKS: N_("Publicerade värden"),
    KindOfFile.AGREEMENTS: N_("Avtal"),
    KindOfFile.DRG_WEIGHTS: N_("DRG-vikter"),
    KindOfFile.DRG_PRICES: N_("DRG-priser"),
}


PERSONAL_COLUMNS: Final = frozenset({"personal_id", "same_as"})
AMOUNT_COLUMNS: Final = frozenset({"cost", "price", "cap", "deductible", "unit_price"})
"""Columns whose whole numbers are öre inside the program."""
WEIGHT_COLUMN: Final = "weight"
"""The column whose whole numbers are ten-thousandths inside the program."""


def shown_value(column: str, value: str) -> str:
    """Return a value of an imported file; a personal number, also a damaged one, is masked and found by its row."""
    return identity.masked(value) if column in PERSONAL_COLUMNS and value else identity.hidden(value)


KINDS_OF_PERSONS: Final = frozenset({KindOfFile.PERSONS, KindOfFile.ALIASES, KindOfFile.PROMS})
"""Kinds whose rows are known by a personal number, which then is what a finding of them refers to."""


def shown_ref(kind: str, ref: str) -> str:
    """Return what a finding of a file of a kind is about; a personal number, a reservnummer too, is masked."""
    return identity.masked(ref) if kind in KINDS_OF_PERSONS and ref else identity.hidden(ref)


def kind_text(kind: str) -> str:
    """Return what files of a kind hold; an unknown kind stands as it is."""
    return _(_KIND_TEXTS[kind]) if kind in _KIND_TEXTS else kind


def finding_text(rule: str) -> str:
    """Return the Swedish sentence for a finding's rule; an unknown rule stands as it is."""
    known = _FINDINGS | _DERIVED_FINDINGS
    return _(known[rule]) if rule in known else rule


def finding_rules() -> frozenset[str]:
    """Return the rules that reading a file can give."""
    return frozenset(_FINDINGS)
