"""The way of working, top to bottom: which pages there are, in which order, and where their code lies.

A page's module is imported when it is first shown, so that the window is there before the heavy libraries are.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.gui.shortcuts import Shortcut
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.pages.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the navigation; `name` is what `page_requested` calls it and its help topic.

    `right` is what it takes to see anything on it. `tabs` are the names and titles of its tabs that can be gone to by
    name.
    """

    name: str
    title: str
    class_name: str
    shortcut: Shortcut
    right: Right
    tabs: tuple[tuple[str, str], ...] = ()

    @property
    def module(self) -> str:
        """Return the module that the page stands in."""
        return f"kvalitetsapp.gui.pages.{self.name}_page"

    @property
    def icon_name(self) -> str:
        """Return the name of the page's icon."""
        return self.name

    def is_built(self) -> bool:
        """Tell whether the page exists in this version."""
        return importlib.util.find_spec(self.module) is not None

    def make(self, runner: StoreRunner) -> Page:
        """Return a new page."""
        return cast("Page", getattr(importlib.import_module(self.module), self.class_name)(runner))


_CLAIMS_TABS: Final = (
    ("unclaimed", N_("Att kräva")),
    ("claims", N_("Krav")),
    ("bases", N_("Underlag")),
    ("payments", N_("Betalningar")),
    ("ageing", N_("Obetalt")),
    ("watch", N_("Bevakning")),
    ("summaries", N_("Sammanställningar")),
)
_REPORTS_TABS: Final = (
    ("make", N_("Skapa")),
    ("finals", N_("Fastställda")),
    ("releases", N_("Utlämnat")),
    ("notes", N_("Anteckningar")),
)
_WAITING_TABS: Final = (
    ("state", N_("Läget")),
    ("series", N_("Över tid")),
    ("days", N_("Fördelning")),
    ("capacity", N_("Kapacitet")),
    ("redistribution", N_("Omfördelning")),
    ("findings", N_("Datumkvalitet och fynd")),
)
_DEVELOPMENT_TABS: Final = (
    ("equity", N_("Jämlik vård")),
    ("needs", N_("Behov")),
    ("meetings", N_("Avstämningar")),
    ("gaps", N_("Gapanalys")),
    ("agenda", N_("Kvalitetsagenda")),
    ("tables", N_("Tabeller")),
    ("families", N_("Operationsfamiljer")),
)
_PROTECTION_TABS: Final = (
    ("users", N_("Användare och nycklar")),
    ("desk", N_("Låsning")),
    ("backups", N_("Säkerhetskopior")),
    ("log", N_("Logg")),
    ("checks", N_("Loggkontroll")),
    ("retention", N_("Gallring")),
    ("exchange", N_("Utbyte")),
)
PAGES: Final = (
    PageEntry("overview", N_("Översikt"), "OverviewPage", Shortcut.PAGE_1, Right.READ_FIGURES),
    PageEntry("import", N_("Import"), "ImportPage", Shortcut.PAGE_2, Right.IMPORT),
    PageEntry("data_quality", N_("Datakvalitet"), "DataQualityPage", Shortcut.PAGE_3, Right.READ_FIGURES),
    PageEntry("episodes", N_("Vårdkontakter"), "EpisodesPage", Shortcut.PAGE_4, Right.READ_ROWS),
    PageEntry("review", N_("Granskning"), "ReviewPage", Shortcut.PAGE_5, Right.READ_PERSONS),
    PageEntry("agreements", N_("Avtal"), "AgreementsPage", Shortcut.PAGE_6, Right.READ_FIGURES),
    PageEntry("claims", N_("Krav"), "ClaimsPage", Shortcut.PAGE_7, Right.READ_FIGURES, _CLAIMS_TABS),
    PageEntry("quality", N_("Kvalitet"), "QualityPage", Shortcut.PAGE_8, Right.READ_FIGURES),
    PageEntry("waiting", N_("Väntande"), "WaitingPage", Shortcut.PAGE_11, Right.READ_FIGURES, _WAITING_TABS),
    PageEntry(
        "development", N_("Utveckling"), "DevelopmentPage", Shortcut.PAGE_12, Right.READ_FIGURES, _DEVELOPMENT_TABS
    ),
    PageEntry("reports", N_("Rapporter"), "ReportsPage", Shortcut.PAGE_9, Right.MAKE_REPORTS, _REPORTS_TABS),
    PageEntry("protection", N_("Skydd"), "ProtectionPage", Shortcut.PAGE_10, Right.CHECK_STORE, _PROTECTION_TABS),
)


def right_for(name: str) -> Right:
    """Return the right that it takes to see a page."""
    return next(entry.right for entry in PAGES if entry.name == name)


def built_pages() -> tuple[PageEntry, ...]:
    """Return the pages that exist in this version."""
    return tuple(entry for entry in PAGES if entry.is_built())
