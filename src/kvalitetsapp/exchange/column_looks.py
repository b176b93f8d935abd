"""What the values of a column look like, told over the whole file and never from a single row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity, money
from kvalitetsapp.domain.dates import ISO_FORMAT, DateFormat
from kvalitetsapp.domain.identity import IdentityFault
from kvalitetsapp.domain.inspection import Asked, ColumnSeen, Looks, Question
from kvalitetsapp.domain.money import AmountFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DATE_FORMATS: Final = (
    *("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y"),
    *("%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"),
    *("%Y%m%d %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S"),
    *("%m/%d/%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%Y/%m/%d %H:%M"),
    *("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ"),
)
DISTINCT: Final = 5_000
"""Values of a column that are told apart; of a column with more, those that came first are."""

_PENDING: Final = 4 * DISTINCT
_SHOWN: Final = 200
_NEARLY: Final = 0.9
_DATE_CELL: Final = "\u2060"  # a sign of no width, which no value begins with
_EARLIEST, _LATEST = "1850-01-01", "2150-01-01"
_ON: Final = "2050-01-01"  # whichever century ten digits belong to
_DIGITS: Final = str.maketrans("123456789", "000000000")
_LIKE_A_DATE: Final = re.compile(
    r"0{1,2}([-/. ])0{1,2}\1(?:0{4}|00)(?:[ T].*)?|0{4}([-/. ])0{1,2}\2 ?0{1,2}(?:[ T].*)?"
)
_DAMAGED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+")
_DIAGNOSIS: Final = re.compile(r"[A-Za-z][0-9]{2}\.?[0-9]?[0-9A-Za-z]{0,2}")
_PROCEDURE: Final = re.compile(r"[A-Za-z]{3}[0-9]{2}|[A-Za-z]{2}[0-9]{3}")
_WHOLE: Final = re.compile(r"[-\u2212]?[0-9]+")
_TWO_WAYS: Final = re.compile(r"0{1,3}(?:[., \u00a0\u202f]000)+(?:[.,]0+)?|0+[.,]0{3,}")
_PERSON: Final = re.compile(r"0{8}[-+]?0{4}|0{6}[-+]0{4}")
_SEPARATORS: Final = re.compile(r"[\s,;|+]+")
_DECIMALS: Final = re.compile(r"([.,])[0-9]{1,2}$")


def date_cells() -> DateFormat:
    """Return the format that marks a cell that is a date, so that no format is asked for it."""
    found = DateFormat.of(_DATE_CELL + ISO_FORMAT)
    assert found is not None  # noqa: S101 - a constant of this file
    return found


def shown(text: str) -> str:
    """Return a value without the mark of a date cell."""
    return text.removeprefix(_DATE_CELL)


@dataclass(slots=True)
class _Counted:
    """How many of the values looked like what."""

    filled: int = 0
    date_cells: int = 0
    like_dates: int = 0
    persons: int = 0
    diagnoses: int = 0
    procedures: int = 0
    whole: int = 0
    amounts: int = 0
    unclear: int = 0
    damaged: int = 0
    dates: Counter[str] = field(default_factory=Counter)
    decimals: Counter[str] = field(default_factory=Counter)


class ColumnTally:
    """Takes in a column a batch at a time, each distinct text judged once for as many as are kept."""

    def __init__(self, place: int, header: str) -> None:
        self._place, self._header = place, header
        self._pending: Counter[str] = Counter()
        self._values: Counter[str] = Counter()
        self._blank = 0
        self._counted = _Counted()

    def take(self, texts: Iterable[str]) -> None:
        """Take in some values."""
        self._pending.update(texts)
        if len(self._pending) > _PENDING:
            self._settle()

    def seen(self) -> ColumnSeen:
        """Return what the column looks like."""
        self._settle()
        counted, formats = self._counted, self._formats()
        most = tuple((shown(text), times) for text, times in self._values.most_common(_SHOWN))
        return ColumnSeen(
            self._place,
            self._header,
            counted.filled,
            self._blank,
            len(self._values),
            most,
            self._looks(formats),
            formats,
            counted.decimals.most_common(1)[0][0] if counted.decimals else "",
            counted.damaged,
        )

    def questions(self) -> list[Question]:
        """Return what has to be asked about the column."""
        self._settle()
        counted, formats = self._counted, self._formats()
        asked = []
        if len(formats) > 1:
            asked.append(Question(Asked.DATE_FORMAT, self._header, formats))
        elif not formats and self._nearly_all_are_dates():
            fitting = tuple(pattern for pattern, _times in counted.dates.most_common())
            asked.append(Question(Asked.NO_DATE_FORMAT, self._header, fitting))
        if counted.unclear and counted.amounts + counted.unclear >= _NEARLY * counted.filled:
            asked.append(Question(Asked.DECIMAL, self._header, (",", ".")))
        return asked

    def _nearly_all_are_dates(self) -> bool:
        counted = self._counted
        nearly = _NEARLY * counted.filled
        return 0 < nearly <= counted.like_dates + counted.date_cells and counted.persons < nearly

    def _formats(self) -> tuple[str, ...]:
        counted = self._counted
        texts = counted.filled - counted.date_cells
        if not counted.filled or counted.persons >= _NEARLY * counted.filled:
            return ()
        if not texts:
            return (ISO_FORMAT,)
        return tuple(pattern for pattern in DATE_FORMATS if counted.dates[pattern] == texts)

    def _looks(self, formats: Sequence[str]) -> Looks:
        """Return the look; a few wrong values among many leave a column what nearly all of it is."""
        counted, nearly = self._counted, _NEARLY * self._counted.filled
        if not counted.filled:
            return Looks.EMPTY
        if counted.persons >= nearly:
            return Looks.PERSONAL_ID
        if formats or counted.date_cells + max(counted.dates.values(), default=0) >= nearly:
            return Looks.DATE
        if counted.diagnoses >= nearly and counted.diagnoses >= counted.procedures:
            return Looks.DIAGNOSES
        if counted.procedures >= nearly:
            return Looks.PROCEDURES
        if counted.whole >= nearly and not counted.decimals:
            return Looks.WHOLE_NUMBER
        return Looks.AMOUNT if counted.amounts + counted.unclear >= nearly else Looks.TEXT

    def _settle(self) -> None:
        for text, times in self._pending.items():
            if value := text.strip():
                self._judge(value, times)
                if value in self._values or len(self._values) < DISTINCT:
                    self._values[value] += times
            else:
                self._blank += times
        self._pending.clear()

    def _judge(self, value: str, times: int) -> None:
        counted = self._counted
        counted.filled += times
        if value.startswith(_DATE_CELL):
            counted.date_cells += times
            return
        shape = value.translate(_DIGITS)
        if "0" not in shape:
            return
        self._judge_date(value, shape, times)
        look = _LOOKS.get(shape) or _look(shape)
        for name in look.counts:
            setattr(counted, name, getattr(counted, name) + times)
        if look.decimal:
            counted.decimals[look.decimal] += times
        if look.may_be_person:
            number = identity.canonical(value, _ON)
            right = isinstance(number, str) and identity.birth_date(number) is not None
            counted.persons += times * (right or number is IdentityFault.CHECK_DIGIT)

    def _judge_date(self, value: str, shape: str, times: int) -> None:
        fits = False
        for pattern, stated in _BY_SHAPE.get(shape, ()):
            day = stated.iso(value)
            if day and _EARLIEST <= day < _LATEST:
                fits = True
                self._counted.dates[pattern] += times
        if fits or _LIKE_A_DATE.fullmatch(shape):
            self._counted.like_dates += times


@dataclass(frozen=True, slots=True)
class _Look:
    """What every value of a shape counts as."""

    counts: tuple[str, ...]
    decimal: str
    may_be_person: bool


_LOOKS: Final[dict[str, _Look]] = {}
_MOST_LOOKS: Final = 50_000


def _look(shape: str) -> _Look:
    """Return what a value with all its digits as zeros counts as; only dates and people hang on which they are."""
    counts, decimal = [], ""
    if _DAMAGED.fullmatch(shape):
        counts.append("damaged")
    if _WHOLE.fullmatch(shape):
        counts.append("whole")
    amount = money.parse(shape)
    if amount is AmountFault.TWO_READINGS and _TWO_WAYS.fullmatch(shape):
        counts.append("unclear")
    elif isinstance(amount, int) or amount in {AmountFault.NEGATIVE, AmountFault.TOO_LARGE}:
        counts.append("amounts")
        decimal = found[1] if (found := _DECIMALS.search(shape)) else ""
    pieces = _SEPARATORS.split(shape)
    counts += ["diagnoses"] * all(map(_DIAGNOSIS.fullmatch, pieces))
    counts += ["procedures"] * all(map(_PROCEDURE.fullmatch, pieces))
    if len(_LOOKS) > _MOST_LOOKS:
        _LOOKS.clear()
    found_look = _LOOKS[shape] = _Look(tuple(counts), decimal, _PERSON.fullmatch(shape) is not None)
    return found_look


def _by_shape() -> dict[str, list[tuple[str, DateFormat]]]:
    found: dict[str, list[tuple[str, DateFormat]]] = {}
    for pattern in DATE_FORMATS:
        if stated := DateFormat.of(pattern):
            shape = stated.text_of(date(2000, 1, 1)).translate(_DIGITS)
            found.setdefault(shape, []).append((pattern, stated))
    return found


_BY_SHAPE: Final = _by_shape()
