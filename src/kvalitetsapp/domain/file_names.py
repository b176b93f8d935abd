"""Names of files made from what things are called."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import _

_UNSAFE: Final = '<>:"/\\|?*'


def safe(name: str) -> str:
    """Return a name without signs that some system does not take in the name of a file."""
    return "".join("-" if sign in _UNSAFE else sign for sign in name).strip(" .")


def of_report(about: str) -> str:
    """Return the name of the file of a report about something."""
    return _("Uppföljning – {about}.pdf").format(about=safe(about))


def of_final(about: str, number: str) -> str:
    """Return the name of the file of a report that has its number, so that no other takes its place."""
    return of_report(f"{about} – {number}")
