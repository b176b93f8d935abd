"""A mapping profile as a TOML file to be shared: it tells how a file is read and holds nothing of any patient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.dates import ISO_FORMAT
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import encodings, kinds
from kvalitetsapp.exchange.kinds import Reading
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kvalitetsapp.exchange.profiles import Profile

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_OF_A_PATIENT: Final = frozenset(
    {
        *(Reading.PERSON, Reading.KEY, Reading.EVENT, Reading.INDEX),
        *(Reading.DATE, Reading.CARE_DATE, Reading.PLANNED_DATE),
    }
)
_NO_CONSTANT: Final = frozenset({Reading.PERSON, Reading.KEY, Reading.EVENT, Reading.INDEX})


def written(profile: Profile) -> str:
    """Return a profile as TOML; reading it gives the same profile, but for its name, which is the file's.

    Raises:
        InputError: it holds something that may be of a patient.
    """
    _refuse_patients(profile)
    return "\n".join([*_head(profile), *_tables(profile)]) + "\n"


def quoted(text: str) -> str:
    """Return a text as a basic TOML string."""
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return f"\\u{ord(letter):04X}" if ord(letter) < 0x20 or ord(letter) == 0x7F else letter


def _head(profile: Profile) -> Iterator[str]:
    encoding = "utf-8" if profile.encoding == encodings.UTF_8 else profile.encoding
    yield f"kind = {quoted(profile.kind.value)}"
    if profile.title:
        yield f"title = {quoted(profile.title)}"
    yield f"encoding = {quoted(encoding)}"
    yield f"delimiter = {quoted(profile.delimiter)}"
    yield f"decimal = {quoted(profile.decimal)}"
    yield f"date_format = {quoted(profile.date_format or ISO_FORMAT)}"
    if profile.sheet:
        yield f"sheet = {quoted(profile.sheet)}"
    if profile.header_row != 1:
        yield f"header_row = {profile.header_row}"
    for key, names in (("optional", profile.optional), ("shorten", profile.shorten)):
        if names:
            yield f"{key} = {_list(sorted(names))}"


def _tables(profile: Profile) -> Iterator[str]:
    yield from _table("constants", profile.constants)
    if profile.columns:
        yield ""
        yield "[columns]"
        for name, headers in profile.columns.items():
            yield f"{name} = {quoted(headers[0]) if len(headers) == 1 else _list(headers)}"
    yield from _table("date_formats", profile.date_formats)
    yield from _table("prefixes", profile.prefixes)
    yield from _table("parts", profile.parts)
    if (wide := profile.wide) is not None:
        yield from ("", "[wide]", f"headers = {_list(wide.headers)}")
        yield from (f"number = {quoted(wide.number)}", f"value = {quoted(wide.value)}")
    for name, table in profile.values.items():
        yield from _table(f"values.{name}", table)


def _table(name: str, table: Mapping[str, str]) -> Iterator[str]:
    if table or name.startswith("values."):
        yield ""
        yield f"[{name}]"
        for key, text in table.items():
            yield f"{key if key in _BARE else quoted(key)} = {quoted(text)}"


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


_BARE: Final = frozenset(name for kind in kinds.FIELDS for name in kinds.names(kind))


def _refuse_patients(profile: Profile) -> None:
    readings = {field.name: field.reading for field in kinds.FIELDS[profile.kind]}
    personal = [name for name in profile.values if readings[name] in _OF_A_PATIENT]
    personal += [name for name in profile.constants if readings[name] in _NO_CONSTANT]
    texts = [*profile.constants.values(), *profile.prefixes.values(), profile.title, profile.sheet]
    texts += [header for headers in profile.columns.values() for header in headers]
    texts += [text for table in profile.values.values() for pair in table.items() for text in pair]
    if (wide := profile.wide) is not None:
        texts += [*wide.headers, wide.number, wide.value]
    if personal:
        raise InputError(
            _("Profilen sparas inte: {columns} kan hålla patientuppgifter och får inga egna värden.").format(
                columns=", ".join(f"”{name}”" for name in personal)
            )
        )
    if any(identity.hidden(text) != text for text in texts):
        raise InputError(_("Profilen sparas inte: den innehåller något som ser ut som ett personnummer."))
