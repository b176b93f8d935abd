"""Which columns of a file are which, by name, synonym and content; and which kinds of file it may be.

Only a name that can hardly mean anything else, whose content does not contradict it and which no other column shares,
is filled in. Everything weaker is offered and waits for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.inspection import Asked, Looks
from kvalitetsapp.domain.mapped_values import Meaning
from kvalitetsapp.domain.mapping import (
    NUMBERED,
    Certainty,
    ColumnMapping,
    Match,
    ReadAs,
    Wanted,
    Why,
    columns_under,
    key_of,
)
from kvalitetsapp.domain.words import vocabularies, word
from kvalitetsapp.exchange import kinds
from kvalitetsapp.exchange.kinds import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.inspection import ColumnSeen, FileSeen
    from kvalitetsapp.exchange.synonyms import Synonyms

    Providers = Sequence[tuple[str, str]]

_READ_AS: Final = {
    Reading.TEXT: ReadAs.TEXT,
    Reading.KEY: ReadAs.KEY,
    Reading.CHOICE: ReadAs.CHOICE,
    Reading.DATE: ReadAs.DATE,
    Reading.CARE_DATE: ReadAs.DATE,
    Reading.PLANNED_DATE: ReadAs.DATE,
    Reading.AMOUNT: ReadAs.AMOUNT,
    Reading.INTEGER: ReadAs.NUMBER,
    Reading.YEAR: ReadAs.NUMBER,
    Reading.DRG: ReadAs.TEXT,
    Reading.WEIGHT: ReadAs.NUMBER,
    Reading.NUMBER: ReadAs.NUMBER,
    Reading.DIAGNOSIS: ReadAs.DIAGNOSES,
    Reading.DIAGNOSES: ReadAs.DIAGNOSES,
    Reading.PROCEDURE: ReadAs.PROCEDURES,
    Reading.PROCEDURES: ReadAs.PROCEDURES,
    Reading.PERSON: ReadAs.PERSON,
    Reading.ORGANISATION: ReadAs.TEXT,
    Reading.EVENT: ReadAs.REFERENCE,
    Reading.INDEX: ReadAs.REFERENCE,
}
_SEVERAL: Final = frozenset({Reading.DIAGNOSES, Reading.PROCEDURES})
_FITS: Final = {
    ReadAs.DATE: {Looks.DATE},
    ReadAs.AMOUNT: {Looks.AMOUNT, Looks.WHOLE_NUMBER},
    ReadAs.NUMBER: {Looks.AMOUNT, Looks.WHOLE_NUMBER},
    ReadAs.DIAGNOSES: {Looks.DIAGNOSES},
    ReadAs.PROCEDURES: {Looks.PROCEDURES, Looks.DIAGNOSES},  # some short codes have both forms
    ReadAs.PERSON: {Looks.PERSONAL_ID, Looks.WHOLE_NUMBER},
    ReadAs.CHOICE: {Looks.WHOLE_NUMBER},
}
_NO_SIGN: Final = frozenset({Looks.EMPTY, Looks.TEXT})
_ANYTHING: Final = frozenset({ReadAs.TEXT, ReadAs.KEY, ReadAs.PROVIDER, ReadAs.REFERENCE})
_TELLING: Final = (ReadAs.PERSON, ReadAs.DIAGNOSES, ReadAs.PROCEDURES)
_NUMBER_AT_END: Final = re.compile(r"(.*?)([0-9]+)")
_VOCABULARY: Final = {"kind": "provider_kind"}
_PROVIDER: Final = "provider_id"


def wanted_columns(kind: KindOfFile, providers: Providers | None) -> tuple[Wanted, ...]:
    """Return the canonical columns of a kind; with known providers the column of the provider has them as choices."""
    return tuple(_wanted(kind, field, providers) for field in kinds.FIELDS[kind])


def suggest(seen: FileSeen, kind: KindOfFile, synonyms: Synonyms, providers: Providers | None = None) -> ColumnMapping:
    """Return a mapping in which what is sure is filled in and what is likely is offered.

    `providers` are the (id, name) of the providers that are stored, None where nobody knows.
    """
    wanted = wanted_columns(kind, providers)
    matches = _matches(seen, kind, wanted, synonyms)
    return ColumnMapping(kind, seen, wanted, matches, _meanings(wanted, synonyms, providers or ()))


def likely_kinds(seen: FileSeen, synonyms: Synonyms) -> tuple[tuple[KindOfFile, float], ...]:
    """Return the kinds a file may be of, the most likely first, with how well each fits (0 … 1)."""
    scored = [(kind, _fit(seen, kind, synonyms)) for kind in kinds.FIELDS]
    return tuple(sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: -pair[1]))


def numbered_headers(seen: FileSeen) -> tuple[str, ...]:
    """Return the headers that end with `#` and stand for several numbered columns of the file."""
    stems: dict[str, int] = {}
    for header in seen.header:
        found = _NUMBER_AT_END.fullmatch(header)
        if found and found[1].strip():
            stems[found[1]] = stems.get(found[1], 0) + 1
    return tuple(stem + NUMBERED for stem, times in stems.items() if times > 1)


def _wanted(kind: KindOfFile, field: kinds.Field, providers: Providers | None) -> Wanted:
    if field.name == _PROVIDER and kind is not KindOfFile.PROVIDERS:
        known = tuple(provider for provider, _name in providers) if providers else ()
        return Wanted(field.name, ReadAs.PROVIDER, field.required, known)
    return Wanted(field.name, _READ_AS[field.reading], field.required, field.choices)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A header that may be a canonical column, and what speaks for it."""

    column: str
    header: str
    why: Why

    @property
    def is_sure(self) -> bool:
        return self.why in {Why.SAME_NAME, Why.SYNONYM}


def _matches(seen: FileSeen, kind: KindOfFile, wanted: Sequence[Wanted], synonyms: Synonyms) -> dict[str, Match]:
    named = [one for header in _headers(seen) for one in _by_name(seen, kind, header, wanted, synonyms)]
    matches = _settled(named)
    taken = {header for match in matches.values() for header in match.headers}
    taken |= {column.header for header in taken for column in columns_under(seen, header)}
    for column, header in _by_content(seen, wanted, matches, taken):
        matches[column] = Match((), "", Certainty.LIKELY, Why.CONTENT, (header,))
    return matches


def _headers(seen: FileSeen) -> tuple[str, ...]:
    return (*numbered_headers(seen), *seen.header)


def _by_name(
    seen: FileSeen, kind: KindOfFile, header: str, wanted: Sequence[Wanted], synonyms: Synonyms
) -> Iterable[_Candidate]:
    several = {field.name for field in kinds.FIELDS[kind] if field.reading in _SEVERAL}
    numbered = header.endswith(NUMBERED)
    in_group = not numbered and any(
        column.header == header for group in numbered_headers(seen) for column in columns_under(seen, group)
    )
    known = synonyms.of_header(kind.value, header.removesuffix(NUMBERED))
    for one in wanted:
        if (numbered and one.name not in several) or (in_group and one.name in several):
            continue
        same = key_of(header.removesuffix(NUMBERED)) == key_of(one.name)
        if not same and one.name not in known:
            continue
        why = Why.SAME_NAME if same else Why.SYNONYM if known[one.name] else Why.DOUBTFUL_NAME
        if why is not Why.DOUBTFUL_NAME and not _agrees(seen, one, columns_under(seen, header)):
            why = Why.CONTRADICTED
        yield _Candidate(one.name, header, why)


def _agrees(seen: FileSeen, wanted: Wanted, columns: Iterable[ColumnSeen]) -> bool:
    """Tell whether nothing in the columns speaks against reading them so."""
    if wanted.read_as in _ANYTHING:
        return True
    allowed = _FITS[wanted.read_as] | _NO_SIGN
    return all(
        column.looks in allowed or (wanted.read_as is ReadAs.DATE and _holds_dates(seen, column)) for column in columns
    )


def _holds_dates(seen: FileSeen, column: ColumnSeen) -> bool:
    asked = any(q.column == column.header and q.asked is Asked.NO_DATE_FORMAT for q in seen.questions)
    return bool(column.date_formats) or asked


def _settled(candidates: Sequence[_Candidate]) -> dict[str, Match]:
    """Return the matches in which every sure header has one column and every sure column one header."""
    sure = _strongest([one for one in candidates if one.is_sure])
    matches: dict[str, Match] = {}
    for column in dict.fromkeys(one.column for one in candidates):
        mine = [one for one in sure if one.column == column]
        rivals = {one.column for each in mine for one in sure if one.header == each.header}
        if len(mine) == 1 and rivals == {column}:
            matches[column] = Match((mine[0].header,), "", Certainty.SURE, mine[0].why)
    taken = {header for match in matches.values() for header in match.headers}
    for column in dict.fromkeys(one.column for one in candidates):
        offered = [one for one in candidates if one.column == column and one.header not in taken]
        if column not in matches and offered:
            best = min(offered, key=lambda one: _WEIGHT[one.why])
            why = Why.SEVERAL if best.is_sure else best.why
            matches[column] = Match((), "", Certainty.LIKELY, why, (best.header,))
    return matches


_WEIGHT: Final = {Why.SAME_NAME: 0, Why.SYNONYM: 1, Why.CONTRADICTED: 2, Why.DOUBTFUL_NAME: 3}


def _strongest(sure: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates without those whose column or header has a namesake: the same name beats a synonym."""
    exact = [one for one in sure if one.why is Why.SAME_NAME]
    columns, headers = {one.column for one in exact}, {one.header for one in exact}
    return exact + [
        one for one in sure if one not in exact and one.column not in columns and one.header not in headers
    ]


def _by_content(
    seen: FileSeen, wanted: Sequence[Wanted], matches: Mapping[str, Match], taken: set[str]
) -> Iterable[tuple[str, str]]:
    free = [column for column in seen.columns if column.header not in taken]
    missing = [one for one in wanted if one.name not in matches]
    for one in missing:
        fitting = [column.header for column in free if column.looks in _FITS.get(one.read_as, set())]
        if one.read_as in _TELLING and len(fitting) == 1:
            yield one.name, fitting[0]
    names = {one.name for one in missing}
    if {"admitted", "discharged"} <= names:
        dated = [column for column in free if len(column.date_formats) > 0]
        pair = _first_and_last(seen, dated)
        yield from zip(("admitted", "discharged"), pair, strict=False)


def _first_and_last(seen: FileSeen, dated: Sequence[ColumnSeen]) -> tuple[str, ...]:
    """Return the only two columns of which one is never later than the other and sometimes earlier."""
    found = []
    for one in dated:
        for other in dated:
            days = [
                (row[one.place], row[other.place])
                for _number, row in seen.preview
                if row[one.place].strip() and row[other.place].strip()
            ]
            same_form = one is not other and one.date_formats == other.date_formats and one.date_formats[0][:2] == "%Y"
            if same_form and days and all(a <= b for a, b in days) and any(a < b for a, b in days):
                found.append((one.header, other.header))
    return found[0] if len(found) == 1 else ()


def _meanings(wanted: Sequence[Wanted], synonyms: Synonyms, providers: Providers) -> dict[str, dict[str, Meaning]]:
    found: dict[str, dict[str, Meaning]] = {}
    for one in wanted:
        if one.read_as is ReadAs.PROVIDER:
            found[one.name] = _by_provider(providers)
        elif one.choices:
            found[one.name] = {**synonyms.values.get(one.name, {}), **_words(one)}
    return found


def _by_provider(providers: Providers) -> dict[str, Meaning]:
    """Return the provider that a name is of; a name that two share tells none."""
    keys: dict[str, set[str]] = {}
    for provider, name in providers:
        for text in (provider, name):
            keys.setdefault(key_of(text), set()).add(provider)
    return {key: Meaning(next(iter(ids)), sure=True) for key, ids in keys.items() if len(ids) == 1 and key}


def _words(wanted: Wanted) -> dict[str, Meaning]:
    """Return the program's own Swedish words and codes for a column's values."""
    vocabulary = _VOCABULARY.get(wanted.name, wanted.name)
    words = {key_of(choice): Meaning(choice, sure=True) for choice in wanted.choices}
    if vocabulary in vocabularies():
        words |= {key_of(word(vocabulary, choice)): Meaning(choice, sure=True) for choice in wanted.choices}
    return words


def _fit(seen: FileSeen, kind: KindOfFile, synonyms: Synonyms) -> float:
    """Return how well a file fits a kind: the share of the required columns, and a little for every other match."""
    wanted = wanted_columns(kind, None)
    matches = _matches(seen, kind, wanted, synonyms)
    weights = {Certainty.SURE: 1.0, Certainty.LIKELY: 0.5}
    points = {
        name: weights.get(match.certainty, 0.0) for name, match in matches.items() if match.why is not Why.CONTENT
    }
    required = [one.name for one in wanted if one.required]
    covered = sum(points.get(name, 0.0) for name in required) / max(len(required), 1)
    used = {
        column.place for match in matches.values() for head in match.headers for column in columns_under(seen, head)
    }
    return (covered + len(used) / max(len(seen.columns), 1)) / 2
