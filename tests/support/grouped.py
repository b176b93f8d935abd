"""Operations of groups of people, as many of each and with as many revisions as a test says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp import settings
from kvalitetsapp.analysis import equity
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.analysis.indicators.source import IndicatorSource
from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.exchange.birth_regions import read_birth_regions
from kvalitetsapp.exchange.standard_population import read_standard_population
from support.made_frames import OPERATED, episodes, link, links, operation, operations
from support.made_frames import persons as made_persons
from support.made_indicators import made, recipe, rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.equity import EquityFigures
    from kvalitetsapp.domain.indicator import Indicator

REVISION: Final = replace(
    recipe(Counted.LINKED, levels=("revision",), last=730), indicator_id="revision_2y", name="Revision inom två år"
)
BACKGROUND: Final = {"person": "int", "education": "category", "birth_country": "category", "municipality": "category"}
EUROPE: Final = read_standard_population(settings.resources_dir() / "codes" / "esp2013.csv")
REGIONS: Final = read_birth_regions(settings.resources_dir() / "indicators" / "birth_regions.csv")


@dataclass(frozen=True)
class People:
    """`n` persons, an operation each, `revised` of them revised; `more` says what else is told of them."""

    n: int
    revised: int = 0
    sex: str = "female"
    age: int | None = 70
    education: str = ""
    birth_country: str = "SE"
    municipality: str = ""
    operations_each: int = 1
    nights: int = 3


def source(groups: Iterable[People]) -> IndicatorSource:
    """Return a source of the groups, one after the other."""
    index: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    backgrounds, events, stays = [], [], []
    for group in groups:
        for number in range(group.n):
            person = len(people)
            born = "" if group.age is None else date(OPERATED.year - group.age, 1, 1)
            people.append({"sex": group.sex, "birth_date": born})
            backgrounds.append({"person": person} | {name: getattr(group, name) for name in list(BACKGROUND)[1:]})
            for place in range(group.operations_each):
                if number < group.revised and not place:
                    events.append(link(len(index), 100))
                stays.append({"admitted": OPERATED, "discharged": OPERATED + timedelta(days=group.nights)})
                index.append(operation(person=person))
    every = operations(*index)
    told: dict[str, Any] = {"persons": made_persons(*people), "as_of": OPERATED + timedelta(days=800)}
    stay_rows = [{"episode": 1000 + number} | stay for number, stay in enumerate(stays)]
    found = made(every, links(every, *events), episodes(*stay_rows), **told)
    found.backgrounds = lambda: rows_as(BACKGROUND, backgrounds)
    found.birth_regions = REGIONS
    return found


def split(
    groups: Sequence[People] | IndicatorSource,
    *by: str,
    indicator: Indicator = REVISION,
    reference: str = "",
    standardised: bool = False,
) -> EquityFigures:
    """Return an indicator of groups by keys."""
    of = groups if isinstance(groups, IndicatorSource) else source(groups)
    standard = EUROPE if standardised else ()
    return equity.split(indicator, of, members(indicator, of), by, reference=reference, standard=standard)
