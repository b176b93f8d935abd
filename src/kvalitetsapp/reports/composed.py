"""A report that is put together: it can be laid out as PDF and be read table by table, and both say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.reports import document
from kvalitetsapp.reports.sections import cover

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import Head, Manifest
    from kvalitetsapp.reports.composer import Composer
    from kvalitetsapp.reports.printed import Printed


@dataclass(frozen=True, slots=True)
class Composed:
    """A report of a title and a head, with everything that it says in a composer."""

    title: str
    head: Head
    manifest: Manifest
    composer: Composer

    def pdf(self) -> bytes:
        """Return the report as PDF, once; the same data always give the same bytes."""
        return document.build(cover.page_frame(self.title, self.head, self.manifest), self.composer.story())

    def facts(self) -> list[tuple[str, str]]:
        """Return what the cover says of the report."""
        return cover.told(self.head, self.manifest)

    def printed(self) -> tuple[Printed, ...]:
        """Return the texts and tables in reading order."""
        return self.composer.printed()
