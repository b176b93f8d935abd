"""A file of any kind, read and checked: canonical rows, rejects and findings; nothing is stored."""

from __future__ import annotations

import csv
import tomllib
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import DateFormat, iso_format
from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import kinds, profiles
from kvalitetsapp.exchange.agreement_files import read_agreements
from kvalitetsapp.exchange.checks import Checker
from kvalitetsapp.exchange.claim_specification import looks_like_xml, open_claim_specification
from kvalitetsapp.exchange.columns import columns_of
from kvalitetsapp.exchange.csv_reading import open_bytes, open_csv
from kvalitetsapp.exchange.result import AmountSeen, ReadFile
from kvalitetsapp.exchange.row_rules import rules_for
from kvalitetsapp.exchange.values import Context, fault
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.exchange.claim_specification import ClaimSpecification
    from kvalitetsapp.exchange.csv_reading import Batch, CsvFile
    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.progress import Progress

__all__ = ["OpenFile", "ReadFile", "open_file", "read", "recognise"]

_LONGEST_HEADER: Final = 1 << 16
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
) -> ReadFile:
    """Read a whole file at once; what stands in `open_file` holds for it."""
    with open_file(kind, path, profile=profile, today=today, code_tables=code_tables, progress=progress) as file:
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
) -> Iterator[OpenFile | ReadFile]:
    """Open a file of a kind, in the standard profile or through a mapping profile, to be read part by part.

    `today` is the day of the import: no care can be later, and it tells the century of a ten-digit number in rows
    that have no date of their own. Progress is told in bytes, read twice over, beside the rows counted so far.

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
    with _open(path, chosen, progress) as file:
        yield OpenFile(file, chosen, today, code_tables)


@contextmanager
def _open(path: Path, profile: Profile, progress: Progress) -> Iterator[CsvFile | ClaimSpecification]:
    with open_bytes(path) as file:
        is_xml = looks_like_xml(file.read(_LONGEST_HEADER))
    if is_xml:
        with open_claim_specification(path, progress) as claim:
            yield claim
    else:
        with open_csv(path, profile.encoding, profile.delimiter, progress) as table:
            yield table


class OpenFile:
    """A file of rows on its way in."""

    def __init__(self, file: CsvFile | ClaimSpecification, profile: Profile, today: date, tables: CodeTables) -> None:
        self.kind = profile.kind
        self.file_name = file.name
        self.sha256 = file.sha256
        self.profile_name = profile.name
        self._file = file
        self._columns = columns_of(file, profile)
        date_format = DateFormat.of(profile.date_format) or iso_format()
        context = Context(today.isoformat(), date_format, tables)
        formats = {name: DateFormat.of(stated) or date_format for name, stated in profile.date_formats.items()}
        self._checker = Checker(profile.kind, context, self._columns.values, frozenset(profile.constants), formats)
        self._rules = rules_for(profile.kind, tables, joined_key=profile.joined_key)

    def chunks(self, progress: Progress) -> Iterator[ReadFile]:
        """Give the rows of the file, some thousand at a time; the first part tells of the header too."""
        chunk = self._empty()
        chunk.findings += [Finding(1, "unknown_column", name, "", "") for name in self._columns.unknown]
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

    def _take(self, chunk: ReadFile, batch: Batch) -> None:
        rows = self._checker.values_of(batch, self._columns.delivered(batch.records))
        self._rules(rows)
        width = len(self._file.header)
        ragged = [
            Reject(number, "", "", "ragged", fault("ragged", found=found, expected=width).reason)
            for number, found in batch.ragged
        ]
        rejects = self._checker.rejects(rows)
        chunk.read += len(batch.records) + len(ragged)
        chunk.rows += self._checker.result(rows)
        chunk.rejects += sorted(chain(rejects, ragged), key=lambda reject: reject.row) if ragged else rejects
        chunk.findings += self._checker.findings(rows)
        _count(chunk.amounts, self._checker.amounts(rows))
        for seen in chunk.amounts.values():
            seen.unreadable += len(ragged)


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
    if path.suffix.lower() == ".toml":
        return _recognise_toml(path)
    header = set(first_line(path))
    fitting = [kind for kind in kinds.FIELDS if set(kinds.required(kind)) <= header]
    return max(fitting, key=lambda kind: len(header & set(kinds.names(kind))), default=None)


def first_line(path: Path) -> list[str]:
    """Return the names in the first line of a file in standard form, none where it cannot be read."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_LONGEST_HEADER)
    except OSError:
        return []
    line = beginning.decode("utf-8-sig", errors="replace").splitlines()[:1]
    return [name.strip() for name in next(csv.reader(line, delimiter=";"), [])]


def _recognise_toml(path: Path) -> KindOfFile | None:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return KindOfFile.AGREEMENTS if isinstance(document.get("agreement"), list) else None
