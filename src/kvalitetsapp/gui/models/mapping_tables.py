"""A mapping in the making as tables: the file's first rows, canonical columns, values, and accounts that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.drg import weight_text
from kvalitetsapp.domain.imports import AMOUNT_COLUMNS, WEIGHT_COLUMN
from kvalitetsapp.domain.inspection import Looks
from kvalitetsapp.domain.mapped_values import Offered
from kvalitetsapp.domain.mapping import Certainty, ReadAs
from kvalitetsapp.domain.mapping_words import certainty_text, header_text, value_certainty_text, why_text
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import vocabularies, word
from kvalitetsapp.gui.models.import_tables import column_text
from kvalitetsapp.texts import N_, NOTHING, _, kronor, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.imports import AmountAccount, ImportDetails
    from kvalitetsapp.domain.inspection import ColumnSeen, FileSeen
    from kvalitetsapp.domain.mapped_values import ValueMatch
    from kvalitetsapp.domain.mapping import ColumnMapping, Match, Wanted
    from kvalitetsapp.services.imports import ImportOutcome

_MARKS: Final = {Certainty.SURE: "✓", Certainty.CHOSEN: "✓", Certainty.LIKELY: "?", Certainty.OPEN: "✗"}
_VALUE_MARKS: Final = {Offered.SURE: "✓", Offered.CHOSEN: "✓", Offered.LIKELY: "?", Offered.OPEN: "✗"}
_VOCABULARY: Final = {"kind": "provider_kind"}
_EXAMPLES: Final = 3

COLUMNS: Final = (
    Column("column", Kind.TEXT, N_("Kolumn")),
    Column("required", Kind.FLAG, N_("Krävs")),
    Column("source", Kind.TEXT, N_("Filens kolumn")),
    Column("certainty", Kind.TEXT, N_("Säkerhet")),
    Column("examples", Kind.TEXT, N_("Exempel")),
)
VALUES: Final = (
    Column("column", Kind.TEXT, N_("Kolumn")),
    Column("value", Kind.TEXT, N_("Värde i filen")),
    Column("count", Kind.INTEGER, N_("Antal")),
    Column("meaning", Kind.TEXT, N_("Blir")),
    Column("certainty", Kind.TEXT, N_("Säkerhet")),
)

RECONCILIATION: Final = (
    Column("what", Kind.TEXT, N_("Räkenskap")),
    Column("read", Kind.INTEGER, N_("Lästa")),
    Column("stored", Kind.INTEGER, N_("= Nya")),
    Column("corrected", Kind.INTEGER, N_("+ Rättade")),
    Column("unchanged", Kind.INTEGER, N_("+ Oförändrade")),
    Column("rejected", Kind.INTEGER, N_("+ Avvisade")),
    Column("unreadable", Kind.INTEGER, N_("Utan läsbart belopp")),
)
CHANGED: Final = (
    Column("row", Kind.INTEGER, N_("Rad")),
    Column("ref", Kind.TEXT, N_("Gäller")),
    Column("column", Kind.TEXT, N_("Kolumn")),
    Column("before", Kind.TEXT, N_("Förut")),
    Column("after", Kind.TEXT, N_("Blir")),
)


def reconciliation_table(counts: Sequence[int], amounts: Sequence[AmountAccount]) -> Table:
    """Return an account in rows and in kronor; every line adds up.

    `counts` are read, stored, corrected, unchanged and rejected rows.
    """
    rows = [(_("Rader"), *map(number, counts), "")]
    rows += [
        (
            column_text(amount.column),
            *(kronor(getattr(amount, part)) for part in _PARTS),
            number(amount.unreadable) if amount.unreadable else NOTHING,
        )
        for amount in amounts
    ]
    columns = RECONCILIATION if any(amount.unreadable for amount in amounts) else RECONCILIATION[:-1]
    return Table(columns, [row[: len(columns)] for row in rows])


def changed_table(outcome: ImportOutcome | ImportDetails | None) -> Table:
    """Return the cells that an import changes, before and after, in words."""
    cells = () if outcome is None else outcome.changed_cells
    return Table(
        CHANGED,
        [
            (
                one.row or None,
                one.ref,
                column_text(one.column),
                _cell(one.column, one.before),
                _cell(one.column, one.after),
            )
            for one in cells
        ],
    )


def _cell(column: str, value: str | int) -> str:
    if value == "":
        return NOTHING
    if column in AMOUNT_COLUMNS and isinstance(value, int):
        return kronor(value)
    if column == WEIGHT_COLUMN and isinstance(value, int):
        return weight_text(value)
    return meaning_text(column, str(value), {})


_PARTS: Final = ("read", "stored", "corrected", "unchanged", "rejected")


def preview_table(seen: FileSeen) -> Table:
    """Return the first rows of a file with their row numbers; personal numbers are masked."""
    numeric = {Looks.AMOUNT, Looks.WHOLE_NUMBER}
    columns = [Column("row", Kind.INTEGER, N_("Rad"))]
    columns += [
        Column(f"c{one.place}", Kind.INTEGER if one.looks in numeric else Kind.TEXT, one.header)
        for one in seen.columns
    ]
    personal = {one.place for one in seen.columns if one.looks is Looks.PERSONAL_ID}
    return Table(
        tuple(columns),
        [
            (number(row), *(_masked(text, personal=place in personal) for place, text in enumerate(texts)))
            for row, texts in seen.preview
        ],
    )


def as_they_stand(table: Table) -> dict[str, dict[str, str]]:
    """Return labels that let every value of a table stand as it is, figures to the right."""
    return {name: {} for name in table.names()}


def columns_table(mapping: ColumnMapping, providers: Mapping[str, str]) -> Table:
    """Return the canonical columns of a mapping, what gives each, how sure that is, and examples."""
    return Table(COLUMNS, [_column_row(mapping, wanted, providers) for wanted in mapping.wanted])


def column_labels(mapping: ColumnMapping) -> dict[str, dict[str, str]]:
    """Return the Swedish names of a mapping's canonical columns, as a table's labels."""
    return {"column": {wanted.name: column_text(wanted.name) for wanted in mapping.wanted}}


def values_table(mapping: ColumnMapping, providers: Mapping[str, str]) -> Table:
    """Return the values that stand for something, how often, and what they become."""
    rows = [
        (one.column, one.value, one.count, _becomes(one, providers), _value_certainty(one)) for one in mapping.values()
    ]
    return Table(VALUES, list(rows))


def meaning_text(column: str, meaning: str, providers: Mapping[str, str]) -> str:
    """Return a canonical value in words: a provider by its name, a code by its Swedish word."""
    if meaning in providers:
        return _("{name} ({provider})").format(name=providers[meaning], provider=meaning)
    vocabulary = _VOCABULARY.get(column, column)
    return word(vocabulary, meaning) if vocabulary in vocabularies() else meaning


def source_text(column: str, match: Match, providers: Mapping[str, str]) -> str:
    """Return where a canonical column comes from, "" where nowhere yet."""
    if match.constant:
        return _("Fast värde: {value}").format(value=meaning_text(column, match.constant, providers))
    return " + ".join(header_text(header) for header in match.headers)


def example_texts(columns: Sequence[ColumnSeen], *, personal: bool = False) -> str:
    """Return a few of the most frequent values of columns."""
    texts = [value for column in columns for value, _count in column.values[:_EXAMPLES]]
    return ", ".join(_masked(text, personal=personal) for text in texts[:_EXAMPLES])


def _column_row(
    mapping: ColumnMapping, wanted: Wanted, providers: Mapping[str, str]
) -> tuple[str, int, str, str, str]:
    match = mapping.match(wanted.name)
    shown = mapping.sources(wanted.name)
    source = source_text(wanted.name, match, providers)
    if not match.is_given and match.offered:
        source = _("{header}?").format(header=" + ".join(map(header_text, match.offered)))
        shown = tuple(column for header in match.offered for column in mapping.places(header))
    examples = example_texts(shown, personal=wanted.read_as is ReadAs.PERSON)
    return (wanted.name, int(wanted.required), source, _certainty(match, required=wanted.required), examples)


def _certainty(match: Match, *, required: bool) -> str:
    if match.certainty is Certainty.OPEN and not required:
        return NOTHING
    told = f"{_MARKS[match.certainty]} {certainty_text(match.certainty)}"
    why = why_text(match.why)
    return f"{told}, {why}" if why else told


def _value_certainty(one: ValueMatch) -> str:
    return f"{_VALUE_MARKS[one.certainty]} {value_certainty_text(one.certainty)}"


def _becomes(one: ValueMatch, providers: Mapping[str, str]) -> str:
    if one.is_decided:
        if one.is_kept and one.meaning not in providers:
            return _("Tas som det är")
        return meaning_text(one.column, one.meaning, providers) if one.meaning else _("Lämnas tomt")
    return _("{meaning}?").format(meaning=meaning_text(one.column, one.offered, providers)) if one.offered else ""


def _masked(text: str, *, personal: bool) -> str:
    return identity.masked(text.strip()) if personal and text.strip() else identity.hidden(text)
