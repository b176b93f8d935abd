"""A file of any kind, read and checked: canonical rows, rejects and findings; nothing is stored."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import DateFormat, iso_format
from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import kinds, profiles, toml_reading
from kvalitetsapp.exchange.agreement_files import read_agreements
from kvalitetsapp.exchange.checks import Checker
from kvalitetsapp.exchange.columns import columns_of
from kvalitetsapp.exchange.headers import open_headers
from kvalitetsapp.exchange.kinds import Reading
from kvalitetsapp.exchange.opening import open_table
from kvalitetsapp.exchange.result import AmountSeen, ReadFile
from kvalitetsapp.exchange.row_rules import rules_for
from kvalitetsapp.exchange.values import Context, fault
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.exchange.checks import Rows
    from kvalitetsapp.exchange.headers import Headers
    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.exchange.table_source import Batch, TableFile
    from kvalitetsapp.progress import Progress

__all__ = ["OpenFile", "ReadFile", "open_file", "read", "recognise", "recognise_open"]

CHUNK: Final = 5_000
"""Rows that are read, looked up and stored together: memory holds this many, however long the file is."""


def read(
    kind: KindOfFile,
    path: Path,
    *,
    profile: Profile | None,
    today: date,
    code_tables: CodeTables,
    progress: Progress,
    lenient: Collection[str] = (),
) -> ReadFile:
    """Read a whole file at once; what stands in `open_file` holds for it."""
    with open_file(
        kind, path, profile=profile, today=today, code_tables=code_tables, progress=progress, lenient=lenient
    ) as file:
        first, *further = file.chunks(progress)
    for chunk in further:
        _append(first, chunk)
    return first


@contextmanager
def open_file(
    kind: KindOfFile,
    path: Path,
    *,
    profile: Profile | None,
    today: date,
    code_tables: CodeTables,
    progress: Progress,
    lenient: Collection[str] = (),
) -> Iterator[OpenFile | ReadFile]:
    """Open a file of a kind, in the standard profile or through a mapping profile, to be read part by part.

    `today` is the day of the import: no care can be later, and it tells the century of a ten-digit number in rows
    that have no date of their own. Progress is told in bytes, read twice over, beside the rows counted so far.
    Required columns that are `lenient` must be there, but a row may have nothing in them.

    Raises:
        InputError: the file, its header or its profile cannot be used at all.
        CancelledError: the user cancelled.
    """
    if kind is KindOfFile.AGREEMENTS:
        yield read_agreements(path, has_profile=profile is not None)
        return
    if profile is not None and profile.kind is not kind:
        raise InputError(
            _("Profilen {name} är för {its}, inte {kind}. Välj en annan profil eller ett annat slag.").format(
                name=profile.name, its=profile.kind.value, kind=kind.value
            )
        )
    chosen = profile or profiles.standard(kind)
    with open_table(path, chosen, progress) as file:
        yield OpenFile(file, chosen, today, code_tables, lenient)


class OpenFile:
    """A table on its way in."""

    def __init__(
        self,
        file: TableFile,
        profile: Profile,
        today: date,
        tables: CodeTables,
        lenient: Collection[str] = (),
    ) -> None:
        self.kind = profile.kind
        self.file_name = file.name
        self.sha256 = file.sha256
        self.profile_name = profile.name
        self._file = file
        self._columns = columns_of(file, profile)
        date_format = DateFormat.of(profile.date_format) or iso_format()
        context = Context(today.isoformat(), date_format, tables)
        formats = {name: DateFormat.of(stated) or date_format for name, stated in profile.date_formats.items()}
        self._checker = Checker(
            profile.kind, context, self._columns.values, frozenset(profile.constants), formats, lenient
        )
        self._dates_as_stated(profile.kind, formats, date_format)
        self._rules = rules_for(profile.kind, tables, joined_key=profile.joined_key)

    def chunks(self, progress: Progress) -> Iterator[ReadFile]:
        """Give the rows of the file, some thousand at a time; the first part tells of the header too."""
        chunk = self._empty()
        chunk.findings += [
            Finding(self._file.header_row, "unknown_column", name, "", "") for name in self._columns.unknown
        ]
        rows = 0
        progress.count_rows(rows)
        for batch in self._file.batches(progress):
            self._take(chunk, batch)
            if chunk.read >= CHUNK:
                rows += chunk.read
                yield chunk
                progress.count_rows(rows)
                chunk = self._empty()
        progress.count_rows(0)  # what follows is not counted in this file's rows
        yield chunk

    def _empty(self) -> ReadFile:
        return ReadFile(
            self.kind,
            self.file_name,
            self.sha256,
            self.profile_name,
            kinds.columns_read(self.kind),
            self._file.encoding.removesuffix("-sig"),
            self._file.delimiter,
            unknown_columns=self._columns.unknown,
        )

    def _dates_as_stated(self, kind: KindOfFile, formats: Mapping[str, DateFormat], usual: DateFormat) -> None:
        dates = [one.name for one in kinds.FIELDS[kind] if one.reading in {Reading.DATE, Reading.CARE_DATE}]
        places = [(place, name) for name in dates for place in self._columns.places.get(name, ())]
        self._file.write_dates({place: formats.get(name, usual) for place, name in places})

    def _take(self, chunk: ReadFile, batch: Batch) -> None:
        rows = self._checker.values_of(batch, self._columns.delivered(batch.records))
        self._blame_unreadable(rows, batch)
        self._rules(rows)
        outside = self._outside(batch)
        rejects = self._checker.rejects(rows)
        chunk.read += len(batch.records) + len(outside)
        chunk.rows += self._checker.result(rows)
        chunk.rejects += sorted(chain(rejects, outside), key=lambda reject: reject.row) if outside else rejects
        chunk.findings += self._checker.findings(rows)
        _count(chunk.amounts, self._checker.amounts(rows))
        for seen in chunk.amounts.values():
            seen.unreadable += len(outside)

    def _blame_unreadable(self, rows: Rows, batch: Batch) -> None:
        """Reject the rows whose cells hold an error, whatever the checks made of what stands there instead."""
        for cell in reversed(batch.unreadable):
            if column := self._columns.column_at(cell.place):
                rows.faults[cell.position] = (column, fault(cell.code, shown=cell.shown))

    def _outside(self, batch: Batch) -> list[Reject]:
        width = len(self._file.header)
        ragged = [(row, fault("ragged", found=found, expected=width)) for row, found in batch.ragged]
        unheaded = [(row, fault("unheaded", cell=cell)) for row, cell in batch.unheaded]
        return [Reject(row, "", "", found.code, found.reason) for row, found in chain(ragged, unheaded)]


def _append(whole: ReadFile, further: ReadFile) -> None:
    whole.read += further.read
    whole.rows += further.rows
    whole.rejects += further.rejects
    whole.findings += further.findings
    _count(whole.amounts, further.amounts)


def _count(amounts: dict[str, AmountSeen], further: dict[str, AmountSeen]) -> None:
    for column, seen in further.items():
        amounts.setdefault(column, AmountSeen()).add(seen)


def recognise(path: Path) -> KindOfFile | None:
    """Return the kind of a file in standard form by its header or, for agreements, its tables; None if unsure."""
    try:
        with open_headers(path) as headers:
            return recognise_open(path, headers)
    except InputError:
        return None


def recognise_open(path: Path, headers: Headers) -> KindOfFile | None:
    """Return the same of a file whose header is open already."""
    if path.suffix.lower() == ".toml":
        return _recognise_toml(path)
    header = set(headers.first_line())
    fitting = [kind for kind in kinds.FIELDS if set(kinds.required(kind)) <= header]
    return max(fitting, key=lambda kind: len(header & set(kinds.names(kind))), default=None)


def _recognise_toml(path: Path) -> KindOfFile | None:
    try:
        document = toml_reading.document(path.read_bytes())
    except (OSError, UnicodeDecodeError, toml_reading.NotTomlError):
        return None
    return KindOfFile.AGREEMENTS if isinstance(document.get("agreement"), list) else None
