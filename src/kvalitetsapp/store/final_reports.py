"""Final reports with their bytes: added and withdrawn, never edited or removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kvalitetsapp.domain.final_report import NUMBER, FinalReport, Signature
from kvalitetsapp.domain.released import ReportKind, SmallNumbers

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_FOUND = """
SELECT f.number, f.kind, f.subject, f.data_cut, f.parameters, f.fingerprint, f.sha256, f.file_name, f.made_by,
       f.signed_by, f.signed_as, f.signed_at, coalesce(r.number, ''), coalesce(f.withdrawn_at, ''),
       coalesce(f.withdrawn_by, ''), coalesce(f.withdrawn_because, '')
FROM final_reports f LEFT JOIN final_reports r ON r.final_report = f.replaces
"""


def next_number(store: Store, year: int) -> str:
    """Return the number of the next final report of a year; the series has no gaps since none is removed."""
    taken = store.value(
        "SELECT count(*) FROM final_reports WHERE number LIKE ?", (NUMBER.format(year=year, count=0)[:-4] + "%",)
    )
    return NUMBER.format(year=year, count=int(taken) + 1)


def add(store: Store, new: FinalReport, content: bytes) -> None:
    """Keep a final report with its bytes."""
    store.write(
        "INSERT INTO final_reports (number, kind, subject, data_cut, parameters, fingerprint, sha256, content, "
        "file_name, made_by, signed_by, signed_as, signed_at, replaces) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT final_report FROM final_reports WHERE number = ?))",
        (
            *(new.number, new.kind.value, new.subject, new.data_cut),
            json.dumps({"small_numbers": new.small_numbers.value}),
            *(new.fingerprint, new.sha256, content, new.file_name, new.made_by),
            *(new.signature.by, new.signature.role, new.signature.at, new.replaces),
        ),
    )


def all_finals(store: Store) -> tuple[FinalReport, ...]:
    """Return every final report, the latest first."""
    return tuple(_final(*row) for row in store.rows(f"{_FOUND} ORDER BY f.final_report DESC"))


def of_number(store: Store, number: str) -> FinalReport | None:
    """Return the final report of a number, None where there is none."""
    rows = store.rows(f"{_FOUND} WHERE f.number = ?", (number,))
    return _final(*rows[0]) if rows else None


def content(store: Store, number: str) -> bytes:
    """Return the bytes of a final report as they were signed."""
    return bytes(store.value("SELECT content FROM final_reports WHERE number = ?", (number,)))


def withdraw(store: Store, number: str, who: str, when: str, because: str) -> None:
    """Take a final report out of effect."""
    store.write(
        "UPDATE final_reports SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_because = ? WHERE number = ?",
        (when, who, because, number),
    )


def _final(
    number: str, kind: str, subject: str, cut: str, parameters: str, fingerprint: str, sha256: str, *rest: str
) -> FinalReport:
    file_name, made_by, by, role, at, replaces, withdrawn_at, withdrawn_by, because = rest
    mode = SmallNumbers(json.loads(parameters)["small_numbers"])
    return FinalReport(
        *(number, ReportKind(kind), subject, cut, mode, fingerprint, sha256, file_name, made_by),
        Signature(by, role, at),
        *(replaces, withdrawn_at, withdrawn_by, because),
    )
