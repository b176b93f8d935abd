"""Targets that are tables: text and workbooks, read plainly, through a profile, by the wizard and into a store."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from fuzz.judging import OPENED, SEPARATOR, demand, demand_no_number, file_of, folder, refusals
from fuzz.seeds import XLSX_PARTS
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.exchange import inspecting, profiles, reading, recognising, statistic_tables
from kvalitetsapp.exchange.headers import open_headers
from kvalitetsapp.exchange.ready_profiles import ready_profiles
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, mapping, statistics, typed_figures
from support import reviewing, workbooks
from support.reading import RESOURCES, TODAY, tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.exchange.result import ReadFile
    from kvalitetsapp.services.workspace import Workspace


def text_table(content: bytes) -> None:
    """Judge a text file of the kind that its header tells, of care where it tells none."""
    path = file_of(content, "fil.csv")
    with refusals():
        _adds_up(_read(_kind_of(path), path))


def mapped_table(content: bytes) -> None:
    """Judge a profile and a text file that is read through it."""
    profile, _separator, table = content.partition(SEPARATOR)
    with refusals():
        chosen = profiles.read_profile(file_of(profile, "profil.toml"))
        _adds_up(_read(chosen.kind, file_of(table, "fil.csv"), chosen))


def inspected_table(content: bytes) -> None:
    """Judge a file that nobody has said anything of: looked through, matched, and read through what was matched."""
    _inspect(file_of(content, "fil.csv"))


def workbook(content: bytes) -> None:
    """Judge a workbook as its bytes stand: what the guard lets through must be read or refused."""
    path = file_of(content, "fil.xlsx")
    with refusals():
        _adds_up(_read(_kind_of(path), path))
    _inspect(path)


def xlsx_parts(content: bytes) -> None:
    """Judge an XLSX workbook whose parts are told, packed into an archive that is whole."""
    parts = dict(zip(XLSX_PARTS, content.split(SEPARATOR), strict=False))
    workbook(workbooks.with_parts(_whole_workbook(), parts))


def ods_content(content: bytes) -> None:
    """Judge an ODS workbook whose content is told, packed into an archive that is whole."""
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    workbook(workbooks.archive({"mimetype": mimetype, "content.xml": content, **workbooks.MANIFEST}))


def imported_table(content: bytes) -> None:
    """Judge a file that is taken into a store: every row is accounted for. The store stays as it is."""
    path = file_of(content, "fil.csv")
    with refusals():
        found = imports.import_file(_store(), _kind_of(path), path, dry_run=True)
        accounted = found.stored + found.corrected + found.unchanged + found.rejected
        demand(kept=found.read == accounted, promise="every row of an import is accounted for")
        for one in found.amounts:
            kept = one.stored + one.corrected + one.unchanged + one.rejected
            demand(kept=one.read == kept, promise="every krona of an import is accounted for")
        demand_no_number(*(reject.reason for reject in found.rejects))


def published_figures(content: bytes) -> None:
    """Judge a file of typed-in figures that is checked and stored nowhere."""
    with refusals():
        typed_figures.check_file(file_of(content, "varden.csv"))


def statistics_table(content: bytes) -> None:
    """Judge the small tables that the statistics commands take."""
    path = file_of(content, "tabell.csv")
    with refusals():
        statistics.funnel(path)
    with refusals():
        statistics.survival(path, at=(30, 365))
    with refusals():
        statistic_tables.read_index_dates(path)


def _kind_of(path: Path) -> KindOfFile:
    return reading.recognise(path) or KindOfFile.EPISODES


def _read(kind: KindOfFile, path: Path, profile: Profile | None = None) -> ReadFile:
    return reading.read(kind, path, profile=profile, today=TODAY, code_tables=tables(), progress=Progress())


def _adds_up(found: ReadFile) -> None:
    demand(kept=found.read == len(found.rows) + len(found.rejects), promise="every row is read or rejected")
    demand(kept=_is_sorted([each.row for each in found.rejects]), promise="rejects are in row order")
    demand_no_number(*(each.reason for each in found.rejects))
    for column, seen in found.amounts.items():
        place = found.columns.index(column)
        kept = sum(row[place] or 0 for row in found.rows)
        demand(kept=seen.read == kept + seen.rejected, promise="every krona is read or rejected")


def _is_sorted(numbers: Sequence[int]) -> bool:
    return all(one <= other for one, other in pairwise(numbers))


def _inspect(path: Path) -> None:
    with refusals(), open_headers(path) as headers:
        recognising.fitting(_ready(), headers.of)
    with refusals():
        seen = inspecting.inspect(path, Progress())
        known = reading.recognise(path)
        for kind in [known] if known else [kind for kind, _fit in mapping.likely_kinds(seen)[:1]]:
            suggested = mapping.suggest(seen, kind).accept_all()
            written = file_of(mapping.profile_text(suggested).encode(), "profil.toml")
            if suggested.is_complete:
                _adds_up(_read(kind, path, profiles.read_profile(written)))


@cache
def _ready() -> list[Profile]:
    return ready_profiles(RESOURCES / "profiles")


@cache
def _whole_workbook() -> bytes:
    return workbooks.xlsx({"Blad1": [["provider_id", "name"], ["P01", "Fjällkliniken"]]})


@cache
def _store() -> Workspace:
    OPENED.callback(_store.cache_clear)
    return OPENED.enter_context(reviewing.make(folder()))
