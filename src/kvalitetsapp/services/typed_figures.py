"""The check of typed-in figures, over those that are stored and over a file that is only to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp import settings
from kvalitetsapp.domain import families, figure_words
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.typed_figures import Figure, figure_table, printed_number, tally
from kvalitetsapp.exchange import profiles, reading
from kvalitetsapp.exchange.code_tables import read_code_tables
from kvalitetsapp.progress import Progress
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import benchmarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.domain.typed_figures import CheckedFigure, FigureTally
    from kvalitetsapp.services.workspace import Workspace

_LENIENT: Final = ("value",)


@dataclass(frozen=True, slots=True)
class FigureChecks:
    """Every figure with what the check says of it; `file` is "" for those of the store."""

    checked: tuple[CheckedFigure, ...]
    file: str
    table: Table

    @property
    def tally(self) -> FigureTally:
        """Return how the figures came out."""
        return tally(self.checked)


@needs(Right.READ_FIGURES)
def check_figures(workspace: Workspace) -> FigureChecks:
    """Return the check of every published figure in the store, in the order of import; changes nothing."""
    found = benchmarks.as_printed(workspace.store)
    return _checked([_figure(row) for row in found], workspace.today, "")


def check_file(
    path: Path, *, profile: Path | profiles.Profile | None = None, progress: Progress | None = None
) -> FigureChecks:
    """Return the check of a file of published figures, which is read but stored nowhere.

    Without `profile` the one beside the file, of the same name with the ending `.toml`, is used if there is one.
    A row without a value or that cannot be read is among them, with the reason.

    Raises:
        InputError: the file or the profile cannot be used at all.
        CancelledError: the user cancelled.
    """
    beside = path.with_suffix(".toml")
    chosen = profile or (beside if beside != path and beside.is_file() else None)
    file = reading.read(
        KindOfFile.BENCHMARKS,
        path,
        profile=profiles.read_profile(chosen) if isinstance(chosen, Path) else chosen,
        today=_today(),
        code_tables=read_code_tables(settings.resources_dir(), families.ids()),
        progress=progress or Progress(),
        lenient=_LENIENT,
    )
    rows = [_figure(dict(zip(file.columns, row, strict=True))) for row in file.rows]
    rejected = [_unreadable(reject.row, reject.column, reject.reason) for reject in file.rejects]
    return _checked(sorted([*rows, *rejected], key=lambda each: each.row or 0), _today(), file.file_name)


def _checked(figures: Iterable[Figure], today: date, file: str) -> FigureChecks:
    from kvalitetsapp.analysis import typed_figures

    checked = typed_figures.check(list(figures), today)
    told = [figure_words.explanation(each) for each in checked]
    return FigureChecks(checked, file, figure_table(checked, told, of_file=bool(file)))


def _figure(row: Mapping[str, Any]) -> Figure:
    return Figure(
        country=row["country"],
        level=row["level"],
        unit=row["unit"] or "",
        joint=row["joint"],
        indicator=row["indicator"],
        period=row["period"],
        printed=printed_number(row["value_delivered"], row["value"]),
        unit_of_value=row["unit_of_value"],
        n=row["n"],
        source=row["source"],
        note=row["note"] or "",
        row=row.get("row"),
    )


def _unreadable(row: int, column: str, reason: str) -> Figure:
    fault = f"{column}: {reason}" if column else reason
    return Figure("", "", "", "", "", "", None, "", None, "", row=row, fault=fault)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day on the wall where the user sits
