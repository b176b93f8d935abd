"""Names of files made from what things are called."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.texts import N_, _

_REPORTS: Final = {
    ReportKind.PROVIDER: N_("Uppföljning – {about}.pdf"),
    ReportKind.TOTAL: N_("Uppföljning – {about}.pdf"),
    ReportKind.COMPARISON: N_("Jämförelse – {about}.pdf"),
    ReportKind.CLAIMS: N_("Kravsammanställning – {about}.pdf"),
    ReportKind.CASES: N_("Ärendebilaga – {about}.pdf"),
    ReportKind.AGENDA: N_("Kvalitetsagenda – {about}.pdf"),
    ReportKind.GAP: N_("Beslutsunderlag – {about}.pdf"),
    ReportKind.MINUTES: N_("Protokoll – {about}.pdf"),
    ReportKind.WAITING: N_("Väntande – {about}.pdf"),
    ReportKind.EQUITY: N_("Jämlik vård – {about}.pdf"),
}
_UNSAFE: Final = '<>:"/\\|?*'


def safe(name: str) -> str:
    """Return a name without signs that some system does not take in the name of a file."""
    return "".join("-" if sign in _UNSAFE else sign for sign in name).strip(" .")


def of_report(about: str, kind: ReportKind = ReportKind.PROVIDER) -> str:
    """Return the name of the file of a report about something."""
    return _(_REPORTS[kind]).format(about=safe(about))


def of_final(about: str, number: str, kind: ReportKind = ReportKind.PROVIDER) -> str:
    """Return the name of the file of a report that has its number, so that no other takes its place."""
    return of_report(f"{about} – {number}", kind)
