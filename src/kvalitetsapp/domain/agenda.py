"""The quality agenda: every target with its result, how it stands, which way it has gone, and what is said of it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import frozen_figure, target_trend
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.paper_parts import parts_of
from kvalitetsapp.domain.quality_target import Target, wanted
from kvalitetsapp.domain.target_status import Judgement, Obstacle, Quartile, Reading, TargetStatus, judged
from kvalitetsapp.domain.target_trend import Earlier, Trend, TrendTold
from kvalitetsapp.texts import MINUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.frozen_figure import FrozenFigure

_NUMBER: Final = re.compile(rf"([{MINUS}-]?\d[\d \u00a0]*(?:[.,]\d+)?)[ \u00a0]*(%?)")
_SHARE: Final = re.compile(r"andel\b|.*%", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \u00a0]")
_TOO_LARGE: Final = 10**12
SAID: Final = (TargetStatus.MET, TargetStatus.NOT_MET)
"""What a person may say of a result that no limit can judge."""
_LEFT_TO_SAY: Final = (Obstacle.NO_RESULT, Obstacle.NO_FIGURES, Obstacle.NO_LIMIT)
_IN_WORDS: Final = Judgement(TargetStatus.CANNOT_TELL, Obstacle.NO_NUMBER)


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a person writes of a target in a quarter.

    `result` is that of a target without a figure of its own, and `said` how it stands where the result is no number
    ("" is left open).
    """

    comment: str = ""
    result: str = ""
    said: str = ""


NO_WORDS: Final = RowWords()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a target's figure on a day, and which way its indicator wants; without one nothing is.

    `provider` is the name of the provider that it is about, "" for all purchased care.
    """

    figure: FrozenFigure | None = None
    direction: Direction = Direction.NEITHER
    quartile: Quartile | None = None
    provider: str = ""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A target as it stands on a day; `direction` is the wanted one."""

    target: Target
    provider: str
    figure: FrozenFigure | None
    words: RowWords
    direction: Direction
    quartile: Quartile | None
    judgement: Judgement
    trend: TrendTold

    @property
    def reading(self) -> Reading | None:
        """Return the figure as it is judged, None where there is none."""
        return _reading(self.figure, self.words)

    @property
    def unit(self) -> str:
        """Return what the figure is told in; a result that is written down is per cent where the target is a share."""
        if self.figure is not None:
            return self.figure.unit
        return "%" if _SHARE.match(self.target.measured_as) else ""

    @property
    def takes_result(self) -> bool:
        """Tell whether the result is what somebody writes down: there is no indicator, or it comes to nothing here."""
        return self.figure is None or self.figure.value is None

    @property
    def recipe(self) -> str:
        """Return the recipe that the figure was worked out by, with its version."""
        return _recipe(self.figure)

    def contents(self) -> dict[str, Any]:
        """Return the row as JSON can hold it."""
        return {
            "target": self.target.contents(),
            "provider": self.provider,
            "figure": None if self.figure is None else self.figure.contents(),
            "words": asdict(self.words),
            "direction": str(self.direction),
            "quartile": None if self.quartile is None else asdict(self.quartile),
            "judgement": asdict(self.judgement),
            "trend": asdict(self.trend),
        }

    @classmethod
    def from_contents(cls, told: Mapping[str, Any]) -> AgendaRow:
        """Return the row that `contents` gave."""
        judgement, trend = told["judgement"], told["trend"]
        return cls(
            Target.from_row(told["target"]),
            told["provider"],
            None if told["figure"] is None else frozen_figure.of_contents(told["figure"]),
            RowWords(**parts_of(RowWords, told["words"])),
            Direction(told["direction"]),
            None if told["quartile"] is None else Quartile(**parts_of(Quartile, told["quartile"])),
            Judgement(TargetStatus(judgement["status"]), Obstacle(judgement["obstacle"]), judgement["crossed"]),
            TrendTold(Trend(trend["trend"]), trend["since"]),
        )


@dataclass(frozen=True, slots=True)
class AgendaTable:
    """All targets by quality area as they stand on a day, None in an empty store.

    `earlier` has the rows of kept quarters by their code, the oldest first.
    """

    as_of: str | None
    rows: tuple[AgendaRow, ...]
    earlier: Mapping[str, tuple[AgendaRow, ...]] = field(default_factory=dict)


def row_of(target: Target, known: Known, words: RowWords, earlier: Sequence[tuple[str, AgendaRow]]) -> AgendaRow:
    """Return a target as it stands; `earlier` has its rows of kept quarters by their code, the oldest first."""
    figure, direction = known.figure, wanted(known.direction, target)
    reading = _reading(figure, words)
    nation = None if figure is None else figure.benchmark
    judgement = judged(target, reading, direction=direction, nation=nation, quartile=known.quartile)
    before = [Earlier(code, row.reading, row.recipe) for code, row in earlier if row.reading is not None]
    return AgendaRow(
        target,
        known.provider,
        figure,
        words,
        direction,
        known.quartile,
        _said(judgement, words, takes_result=figure is None or figure.value is None),
        target_trend.told(reading, _recipe(figure), before, direction),
    )


def as_number(text: str) -> float | None:
    """Return a result that is a number, of per cent as a fraction; None where it is in words."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    value = Decimal(_SPACES.sub("", found[1]).replace(",", ".").replace(MINUS, "-"))
    if abs(value) >= _TOO_LARGE:
        return None
    return float(value / 100 if found[2] else value)


def _reading(figure: FrozenFigure | None, words: RowWords) -> Reading | None:
    if figure is not None and figure.value is not None:
        return Reading(figure.value, figure.ci_low, figure.ci_high, figure.n)
    value = as_number(words.result)
    return None if value is None else Reading(value)


def _said(judgement: Judgement, words: RowWords, *, takes_result: bool) -> Judgement:
    """Return the judgement of a result that no limit can judge: what a person says of it, else why there is none."""
    if not takes_result or judgement.obstacle not in _LEFT_TO_SAY or not words.result.strip():
        return judgement
    if words.said in SAID:
        return Judgement(TargetStatus(words.said))
    return judgement if judgement.obstacle is Obstacle.NO_LIMIT else _IN_WORDS


def _recipe(figure: FrozenFigure | None) -> str:
    return "" if figure is None else f"{figure.indicator_id}/{figure.version}"
