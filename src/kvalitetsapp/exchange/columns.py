"""Which columns of a file make up which canonical columns, and their texts as delivered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from kvalitetsapp.domain import identity
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import kinds
from kvalitetsapp.exchange.foreign_ids import shortened
from kvalitetsapp.exchange.text_parts import reader_of
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.exchange.table_source import TableFile
    from kvalitetsapp.exchange.text_parts import Part

_OTHER_DELIMITERS: Final = (",", "\t", "|", ";")
_MEMO_LIMIT: Final = 100_000
NUMBERED: Final = "#"
_NUMBER: Final = re.compile("[0-9]{1,9}")


class Joined(dict[tuple[str, ...], str]):
    """The text that several fields make together: those that are not blank, in order, with a space between.

    Where a single field's text has a canonical value of its own, the joined text is given the joined values.
    """

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, fields: tuple[str, ...]) -> str:
        texts = [text for text in map(str.strip, fields) if text]
        joined = " ".join(texts)
        if not self._values.keys().isdisjoint(texts):
            self._values.setdefault(joined, " ".join(self._values.get(text, text) for text in texts))
        if len(self) > _MEMO_LIMIT:
            self.clear()
        self[fields] = joined
        return joined


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the canonical columns in a file, and the headers that belong to none.

    `values` holds, per canonical column, the canonical value of a text as delivered.
    """

    width: int
    places: Mapping[str, tuple[int, ...]]
    constants: Mapping[str, str]
    values: Mapping[str, dict[str, str]]
    unknown: tuple[str, ...]
    joined: Mapping[str, Joined] = field(repr=False)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    shorten: frozenset[str] = frozenset()
    parts: Mapping[str, Part] = field(default_factory=dict)

    def column_at(self, place: int) -> str | None:
        """Return the first canonical column that a place of the file belongs to, None if it is not read."""
        return next((name for name, places in self.places.items() if place in places), None)

    def delivered(self, records: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
        """Return the texts of every canonical column that the file or a constant gives."""
        fields: list[tuple[str, ...]] = list(zip(*records, strict=True)) or [()] * self.width
        texts: dict[str, Sequence[str]] = {name: [text] * len(records) for name, text in self.constants.items()}
        for name, places in self.places.items():
            if len(places) == 1:
                texts[name] = fields[places[0]]
            else:
                parts = zip(*(fields[place] for place in places), strict=True)
                texts[name] = list(map(self.joined[name].__getitem__, parts))
            if (part := self.parts.get(name)) is not None:
                taken = {text: reader_of(part)(text) for text in set(texts[name])}
                texts[name] = [taken[text] for text in texts[name]]
            if prefix := self.prefixes.get(name):
                texts[name] = [prefix + text.strip() if text.strip() else "" for text in texts[name]]
            if name in self.shorten:
                texts[name] = list(map(shortened, texts[name]))
        return texts


def columns_of(file: TableFile, profile: Profile) -> Columns:
    """Return where the canonical columns of a profile stand in a file.

    Raises:
        InputError: a column that must be there is missing.
    """
    place_of = {normalize("NFC", header): place for place, header in enumerate(file.header)}
    places, missing = {}, []
    required = kinds.required(profile.kind)
    for name, headers in profile.columns.items():
        found = {header: places_of(header, place_of) for header in headers}
        absent = [header for header, standing in found.items() if not standing]
        if not absent or (name in profile.optional and any(found.values())):
            places[name] = tuple(place for standing in found.values() for place in standing)
        elif name not in profile.optional and (name in required or not profile.may_lack_columns):
            missing += absent
    if missing:
        raise _missing(missing, file, profile)
    used = {place for several in places.values() for place in several}
    values = {name: dict(table) for name, table in profile.values.items()}
    return Columns(
        len(file.header),
        places,
        profile.constants,
        values,
        tuple(header for place, header in enumerate(file.header) if place not in used),
        {name: Joined(values.get(name, {})) for name, several in places.items() if len(several) > 1},
        profile.prefixes,
        profile.shorten,
        profile.parts,
    )


def places_of(header: str, place_of: Mapping[str, int]) -> list[int]:
    """Return where a header stands; one that ends with `#` stands wherever a number follows, in their order."""
    wanted = normalize("NFC", header)
    if not wanted.endswith(NUMBERED):
        return [place_of[wanted]] if wanted in place_of else []
    stem = wanted.removesuffix(NUMBERED)
    rests = {found.removeprefix(stem): place for found, place in place_of.items() if found.startswith(stem)}
    numbered = {int(rest): place for rest, place in rests.items() if _NUMBER.fullmatch(rest)}
    return [numbered[number] for number in sorted(numbered)]


def _missing(missing: list[str], file: TableFile, profile: Profile) -> InputError:
    listed = identity.hidden(", ".join(f"”{header}”" for header in dict.fromkeys(missing)))
    other = next(
        (sign for sign in _OTHER_DELIMITERS if file.delimiter and len(file.header) == 1 and sign in file.header[0]),
        None,
    )
    if other is not None:
        message = _("{file} har fälten skilda åt med {found}, inte med {stated}. Spara om filen eller ändra profilen.")
        return InputError(message.format(file=file.name, found=_sign(other), stated=_sign(file.delimiter)))
    if profile.may_lack_columns:
        message = _(
            "{file} saknar {columns}, som måste finnas i en fil av slaget {kind}. "
            "Kontrollera rubrikraden och slaget, eller använd en mappningsprofil."
        )
    else:
        message = _("{file} saknar {columns}, som profilen {profile} pekar ut. Rätta profilen eller välj en annan.")
    return InputError(message.format(file=file.name, columns=listed, kind=profile.kind.value, profile=profile.name))


def _sign(delimiter: str) -> str:
    return _("tabb") if delimiter == "\t" else f"”{delimiter}”"
