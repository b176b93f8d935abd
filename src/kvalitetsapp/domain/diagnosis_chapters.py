"""The chapters of ICD-10-SE, by the codes that they hold (Socialstyrelsen, ICD-10-SE 2020; WHO, ICD-10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kvalitetsapp.texts import N_, _

_CATEGORY: Final = 3  # characters that name a category: T84 of T845F


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its roman number, its first and last category (both in) and its Swedish title."""

    number: str
    first: str
    last: str
    heading: str

    @property
    def title(self) -> str:
        """Return its title."""
        return _(self.heading)


CHAPTERS: Final = (
    Chapter("I", "A00", "B99", N_("Vissa infektionssjukdomar och parasitsjukdomar")),
    Chapter("II", "C00", "D48", N_("Tumörer")),
    Chapter("III", "D50", "D89", N_("Sjukdomar i blod och blodbildande organ samt vissa rubbningar i immunsystemet")),
    Chapter("IV", "E00", "E90", N_("Endokrina sjukdomar, nutritionsrubbningar och ämnesomsättningssjukdomar")),
    Chapter("V", "F00", "F99", N_("Psykiska sjukdomar och syndrom samt beteendestörningar")),
    Chapter("VI", "G00", "G99", N_("Sjukdomar i nervsystemet")),
    Chapter("VII", "H00", "H59", N_("Sjukdomar i ögat och närliggande organ")),
    Chapter("VIII", "H60", "H95", N_("Sjukdomar i örat och mastoidutskottet")),
    Chapter("IX", "I00", "I99", N_("Cirkulationsorganens sjukdomar")),
    Chapter("X", "J00", "J99", N_("Andningsorganens sjukdomar")),
    Chapter("XI", "K00", "K93", N_("Matsmältningsorganens sjukdomar")),
    Chapter("XII", "L00", "L99", N_("Hudens och underhudens sjukdomar")),
    Chapter("XIII", "M00", "M99", N_("Sjukdomar i muskuloskeletala systemet och bindväven")),
    Chapter("XIV", "N00", "N99", N_("Sjukdomar i urin- och könsorganen")),
    Chapter("XV", "O00", "O99", N_("Graviditet, förlossning och barnsängstid")),
    Chapter("XVI", "P00", "P96", N_("Vissa perinatala tillstånd")),
    Chapter("XVII", "Q00", "Q99", N_("Medfödda missbildningar, deformiteter och kromosomavvikelser")),
    Chapter("XVIII", "R00", "R99", N_("Symtom, sjukdomstecken och onormala kliniska fynd och laboratoriefynd")),
    Chapter("XIX", "S00", "T98", N_("Skador, förgiftningar och vissa andra följder av yttre orsaker")),
    Chapter("XX", "V01", "Y98", N_("Yttre orsaker till sjukdom och död")),
    Chapter(
        "XXI",
        "Z00",
        "Z99",
        N_("Faktorer av betydelse för hälsotillståndet och för kontakter med hälso- och sjukvården"),
    ),
    Chapter("XXII", "U00", "U99", N_("Koder för särskilda ändamål")),
)


def chapter_of(code: str) -> Chapter | None:
    """Return the chapter of a normalised diagnosis code, None where it is in none."""
    category = code[:_CATEGORY]
    return next((one for one in CHAPTERS if one.first <= category <= one.last), None)
