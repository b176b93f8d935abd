"""Mapping profiles: how the columns, values and notation of another file become those of the standard profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.dates import ISO_FORMAT, DateFormat
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import encodings, kinds, toml_reading
from kvalitetsapp.exchange.csv_reading import open_bytes
from kvalitetsapp.exchange.text_parts import Part
from kvalitetsapp.exchange.wide_tables import Wide
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

STANDARD_NAME: Final = "standard"
KEYS: Final = {
    *("kind", "title", "encoding", "delimiter", "decimal", "date_format", "sheet", "header_row"),
    *("constants", "columns", "values", "date_formats", "prefixes", "optional", "shorten", "parts", "wide"),
}
AUTO_DELIMITER: Final = "auto"
NUMBERED: Final = "#"
_LAST_HEADER_ROW: Final = 1_000


@dataclass(frozen=True, slots=True)
class Profile:
    """A mapping profile whose words have been checked against the kind of file it is for.

    `columns` gives the headers in the file that make up a canonical column; `values` the canonical value of what
    stands in the file, where it is not taken as it is. `decimal` is kept for the reader of the profile: amounts are
    read the same strict way whatever it says. `sheet` is a workbook's sheet by name, "" for its only or first one;
    `header_row` is the row of the headers as a spreadsheet counts. `date_formats` holds the columns whose dates are
    written in another way than `date_format`; `prefixes` what is put before the values of a column, so that a number
    that means nothing by itself becomes a key. A column in `optional` may be lacking in the file; in the standard
    profile every column may that is not required. A header that ends with `#` stands for all with a number there.
    The identity numbers of a column in `shorten` are another country's and are shortened (`exchange/foreign_ids.py`).
    `parts` holds the columns that take but a part of what stands in the file; `wide` tells which columns of the file
    are read as rows. The delimiter `auto` is the one that divides the rows into most fields.
    """

    kind: KindOfFile
    name: str
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    encoding: str = encodings.UTF_8
    delimiter: str = ";"
    decimal: str = ","
    date_format: str = ISO_FORMAT
    may_lack_columns: bool = False
    title: str = ""
    sheet: str = ""
    header_row: int = 1
    date_formats: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    shorten: frozenset[str] = frozenset()
    parts: Mapping[str, Part] = field(default_factory=dict)
    wide: Wide | None = None

    @property
    def joined_key(self) -> bool:
        """Tell whether an id is put together of several columns, so that it may fail to tell two rows apart."""
        return len(self.columns.get("episode_id", ())) > 1


def standard(kind: KindOfFile) -> Profile:
    """Return the standard profile of a kind: every canonical column under its own name."""
    return Profile(kind, STANDARD_NAME, {name: (name,) for name in kinds.names(kind)}, may_lack_columns=True)


def read_profile(path: Path) -> Profile:
    """Read and check a mapping profile.

    Raises:
        InputError: it cannot be read, is no TOML, or says something that does not fit its kind.
    """
    return _Words(path.name, _document(path)).profile(path.stem)


def _document(path: Path) -> dict[str, Any]:
    with open_bytes(path) as file:
        content = file.read()
    try:
        return toml_reading.document(content)
    except UnicodeDecodeError:
        raise InputError(_("Profilen {file} är inte UTF-8. Spara om den som UTF-8.").format(file=path.name)) from None
    except toml_reading.NotTomlError as fault:
        raise InputError(
            _("Profilen {file} är inte giltig TOML ({why}). Rätta raden och försök igen.").format(
                file=path.name, why=fault.place
            )
        ) from None


@dataclass(frozen=True, slots=True)
class _Words:
    file: str
    document: dict[str, Any]

    def profile(self, name: str) -> Profile:
        """Return the profile these words make."""
        if unknown := sorted(set(self.document) - KEYS):
            raise self._fault(
                _("okänd nyckel {keys}. Tillåtna är {allowed}.").format(
                    keys=_listed(unknown), allowed=", ".join(sorted(KEYS))
                )
            )
        kind = self._kind()
        constants, columns = self._constants(kind), self._columns(kind)
        self._complete(kind, constants, columns)
        return Profile(
            kind,
            name,
            columns,
            constants,
            self._values(kind),
            self._encoding(),
            self._one_of_text("delimiter", ";", _is_delimiter),
            self._one_of_text("decimal", ",", lambda text: text in {",", "."}),
            self._one_of_text("date_format", ISO_FORMAT, lambda text: DateFormat.of(text) is not None),
            title=self._one_of_text("title", "", lambda _text: True),
            sheet=self._one_of_text("sheet", "", lambda _text: True),
            header_row=self._header_row(),
            date_formats=self._date_formats(kind),
            prefixes=self._prefixes(kind),
            optional=self._columns_listed(kind, "optional"),
            shorten=self._shorten(kind),
            parts=self._parts(kind),
            wide=self._wide(),
        )

    def _fault(self, what: str) -> InputError:
        return InputError(_("Profilen {file}: {what}").format(file=self.file, what=identity.hidden(what)))

    def _kind(self) -> KindOfFile:
        stated = self.document.get("kind")
        allowed = [kind.value for kind in kinds.FIELDS]
        if stated not in allowed:
            raise self._fault(
                _("kind ska vara ett av {allowed}, inte {stated}.").format(
                    allowed=", ".join(allowed), stated=_shown(stated)
                )
            )
        return KindOfFile(stated)

    def _encoding(self) -> str:
        stated = self.document.get("encoding", "utf-8")
        found = encodings.known_encoding(stated) if isinstance(stated, str) else None
        if found is None:
            raise self._fault(
                _("encoding {stated} kan inte läsas. Välj bland {allowed}.").format(
                    stated=_shown(stated), allowed=encodings.names()
                )
            )
        return found

    def _one_of_text(self, key: str, usual: str, fits: Callable[[str], bool]) -> str:
        stated = self.document.get(key, usual)
        if not isinstance(stated, str) or not fits(stated):
            raise self._fault(_BAD_VALUE[key]().format(stated=_shown(stated)))
        return stated

    def _table(self, key: str) -> dict[str, Any]:
        table = self.document.get(key, {})
        if not isinstance(table, dict):
            raise self._fault(_("[{key}] ska vara en tabell.").format(key=key))
        return table

    def _known(self, kind: KindOfFile, key: str, found: Iterable[str]) -> None:
        if unknown := sorted(set(found) - set(kinds.names(kind))):
            raise self._fault(
                _("[{key}] har kolumnen {columns}, som inte hör till {kind}. Kolumnerna är {allowed}.").format(
                    key=key, columns=_listed(unknown), kind=kind.value, allowed=", ".join(kinds.names(kind))
                )
            )

    def _constants(self, kind: KindOfFile) -> dict[str, str]:
        table = self._table("constants")
        self._known(kind, "constants", table)
        for name, value in table.items():
            if isinstance(value, bool) or not isinstance(value, str | int | float | date):
                raise self._fault(_("konstanten {name} ska vara en text.").format(name=name))
        return {name: str(value) for name, value in table.items()}

    def _columns(self, kind: KindOfFile) -> dict[str, tuple[str, ...]]:
        table = self._table("columns")
        self._known(kind, "columns", table)
        columns = {}
        for name, headers in table.items():
            listed = [headers] if isinstance(headers, str) else headers
            if not isinstance(listed, list) or not listed or not all(isinstance(h, str) and h.strip() for h in listed):
                raise self._fault(
                    _("kolumnen {name} ska ange en rubrik eller en lista av rubriker.").format(name=name)
                )
            columns[name] = tuple(header.strip() for header in listed)
        return columns

    def _header_row(self) -> int:
        stated = self.document.get("header_row", 1)
        if isinstance(stated, bool) or not isinstance(stated, int) or not 1 <= stated <= _LAST_HEADER_ROW:
            raise self._fault(
                _("header_row ska vara ett radnummer från 1 till {last}, inte {stated}.").format(
                    last=_LAST_HEADER_ROW, stated=_shown(stated)
                )
            )
        return stated

    def _date_formats(self, kind: KindOfFile) -> dict[str, str]:
        formats = self._texts_of_columns(kind, "date_formats")
        for stated in formats.values():
            if DateFormat.of(stated) is None:
                raise self._fault(_BAD_VALUE["date_format"]().format(stated=_shown(stated)))
        return formats

    def _prefixes(self, kind: KindOfFile) -> dict[str, str]:
        return self._texts_of_columns(kind, "prefixes")

    def _parts(self, kind: KindOfFile) -> dict[str, Part]:
        stated = self._texts_of_columns(kind, "parts")
        if unknown := sorted(set(stated.values()) - set(Part)):
            raise self._fault(
                _("[parts] ska ha ett av {allowed}, inte {stated}.").format(
                    allowed=", ".join(Part), stated=_listed(unknown)
                )
            )
        return {name: Part(part) for name, part in stated.items()}

    def _wide(self) -> Wide | None:
        table = self._table("wide")
        if not table:
            return None
        listed = table.get("headers")
        headers: list[Any] = listed if isinstance(listed, list) else []
        names = [text.strip() for text in (*headers, *map(table.get, ("number", "value"))) if _is_text(text)]
        whole = headers and set(table) == {"headers", "number", "value"} and len(names) == len(headers) + 2
        if not whole or not all(header.endswith(NUMBERED) for header in names[:-2]):
            raise self._fault(
                _(
                    "[wide] ska ha ”headers”, en lista av rubriker som slutar med #, "
                    "och rubrikerna ”number” och ”value”."
                )
            )
        return Wide(tuple(names[:-2]), names[-2], names[-1])

    def _texts_of_columns(self, kind: KindOfFile, key: str) -> dict[str, str]:
        table = self._table(key)
        self._known(kind, key, table)
        if not all(isinstance(value, str) for value in table.values()):
            raise self._fault(_("[{key}] ska ge en text för varje kolumn.").format(key=key))
        return dict(table)

    def _columns_listed(self, kind: KindOfFile, key: str) -> frozenset[str]:
        listed = self.document.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise self._fault(_("{key} ska vara en lista av kolumnnamn.").format(key=key))
        self._known(kind, key, listed)
        return frozenset(listed)

    def _shorten(self, kind: KindOfFile) -> frozenset[str]:
        listed = self._columns_listed(kind, "shorten")
        persons = {each.name for each in kinds.FIELDS[kind] if each.reading is kinds.Reading.PERSON}
        if other := sorted(listed - persons):
            raise self._fault(
                _("shorten gäller bara kolumner med personnummer, inte {columns}.").format(columns=_listed(other))
            )
        return listed

    def _values(self, kind: KindOfFile) -> dict[str, dict[str, str]]:
        tables = self._table("values")
        self._known(kind, "values", tables)
        for name, table in tables.items():
            if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
                raise self._fault(_("[values.{name}] ska ge en text för varje värde.").format(name=name))
        return {name: {key.strip(): value for key, value in table.items()} for name, table in tables.items()}

    def _complete(self, kind: KindOfFile, constants: Mapping[str, str], columns: Mapping[str, object]) -> None:
        if both := sorted(set(constants) & set(columns)):
            raise self._fault(
                _("{names} står både i [constants] och [columns]. Ta bort det ena.").format(names=_listed(both))
            )
        if missing := [name for name in kinds.required(kind) if name not in constants and name not in columns]:
            raise self._fault(
                _("{names} saknas. Ange dem i [columns] eller [constants].").format(names=_listed(missing))
            )


def _is_text(stated: object) -> TypeGuard[str]:
    return isinstance(stated, str) and bool(stated.strip())


def _is_delimiter(text: str) -> bool:
    return text == AUTO_DELIMITER or (len(text) == 1 and text not in '"\r\n')


_BAD_VALUE: Final = {
    "title": lambda: _("title ska vara en text, inte {stated}."),
    "sheet": lambda: _("sheet ska vara bladets namn, inte {stated}."),
    "delimiter": lambda: _("delimiter ska vara ett enda tecken, till exempel ”;”, eller auto, inte {stated}."),
    "decimal": lambda: _("decimal ska vara ”,” eller ”.”, inte {stated}."),
    "date_format": lambda: _(
        "date_format ska ha %Y, %m och %d en gång var, till exempel ”%Y%m%d”, och utöver det bara tid; inte {stated}."
    ),
}


def _shown(value: object) -> str:
    return _("inget") if value is None else f"”{value}”"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"”{word}”" for word in words)
