"""What a log controller filled in about a sample: CSV as `log sample` writes it, with a finding on every row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.audit_words import LogFinding
from kvalitetsapp.domain.log_check import Judged
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS: Final = ("entry", "finding", "note")
_LARGEST: Final = 10_000_000


def read_log_findings(path: Path) -> tuple[Judged, ...]:
    """Return what was found of each entry; a finding is told by its code or its Swedish word.

    Raises:
        InputError: the file cannot be read, lacks a column, or a row has no entry or no finding.
    """
    rows = csv.DictReader(io.StringIO(_text(path)), delimiter=";")
    if lacking := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
        raise InputError(_("Filen {file} saknar kolumnen {column}.").format(file=path.name, column=lacking[0]))
    known = {word("log_finding", one).lower(): one for one in LogFinding} | {one.value: one for one in LogFinding}
    judged = []
    for row in rows:
        entry, finding = (row["entry"] or "").strip(), known.get((row["finding"] or "").strip().lower())
        if not (entry.isascii() and entry.isdecimal()) or finding is None:
            raise InputError(
                _("Rad {row} i {file} saknar post eller bedömning. Bedömningen är {words}.").format(
                    row=rows.line_num, file=path.name, words=", ".join(one.value for one in LogFinding)
                )
            )
        judged.append(Judged(int(entry), finding, (row["note"] or "").strip()))
    return tuple(judged)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(_("Filen {file} är för stor för ett stickprov.").format(file=path.name))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(_("Filen {path} går inte att läsa.").format(path=path)) from error
    except UnicodeDecodeError as error:
        raise InputError(_("Filen {path} är ingen text i UTF-8.").format(path=path)) from error
