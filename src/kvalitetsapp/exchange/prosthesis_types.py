"""Which kind of prosthesis a primary procedure puts in, `resources/indicators/prosthesis_types.csv`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kvalitetsapp.domain.indicator import Prosthesis
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def read_prosthesis_types(path: Path) -> dict[str, str]:
    """Return the kind of prosthesis (`domain.indicator.Prosthesis`) by procedure code.

    Raises:
        InputError: the file is missing, lacks a column, or has a kind that is none.
    """
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";")
        return {row["code"]: Prosthesis(row["prosthesis"]).value for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise InputError(
            _("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault
