"""A mapping in the making: which columns of a file become which canonical columns, and what is still to be said.

Only decisions are kept (columns, constants, answers, meanings of values); everything else follows from them and from
what the file shows, so that no step can forget another. Nothing here is changed: every decision gives a new mapping.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import ISO_FORMAT, DateFormat
from kvalitetsapp.domain.identity import is_number
from kvalitetsapp.domain.inspection import Asked, Looks
from kvalitetsapp.domain.mapped_values import Meaning, Offered, ValueMatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.domain.inspection import ColumnSeen, FileSeen, Question

NUMBERED: Final = "#"
DATE_FORMATS: Final = (
    ISO_FORMAT,
    "%Y%m%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
)
"""Formats to choose among where a column's values tell none."""


class ReadAs(StrEnum):
    """What a canonical column wants of a text."""

    TEXT = "text"
    KEY = "key"
    CHOICE = "choice"
    PROVIDER = "provider"
    DATE = "date"
    AMOUNT = "amount"
    NUMBER = "number"
    DIAGNOSES = "diagnoses"
    PROCEDURES = "procedures"
    PERSON = "person"
    REFERENCE = "reference"


class Certainty(StrEnum):
    """How sure a match is; only the sure ones are filled in without asking."""

    SURE = "sure"
    LIKELY = "likely"
    CHOSEN = "chosen"
    OPEN = "open"


class Why(StrEnum):
    """What a match rests on."""

    SAME_NAME = "same_name"
    SYNONYM = "synonym"
    CONTENT = "content"
    DOUBTFUL_NAME = "doubtful_name"
    CONTRADICTED = "contradicted"
    SEVERAL = "several"
    BY_HAND = "by_hand"
    PROFILE = "profile"
    NOTHING = "nothing"


class Lacks(StrEnum):
    """What can be missing from a mapping."""

    COLUMN = "column"
    QUESTION = "question"
    VALUE = "value"
    LONG_ID = "long_id"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A canonical column of the kind: `choices` is its closed list of values, empty where any text will do."""

    name: str
    read_as: ReadAs
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Where a canonical column comes from: headers (one ending with `#` stands for all numbered ones) or a constant.

    `offered` is what looks likely but has not been accepted; it counts for nothing until it is.
    """

    headers: tuple[str, ...] = ()
    constant: str = ""
    certainty: Certainty = Certainty.OPEN
    why: Why = Why.NOTHING
    offered: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        """Tell whether something gives the column."""
        return bool(self.headers or self.constant)


@dataclass(frozen=True, slots=True)
class Open:
    """Something still to be said: a column without source, an unanswered question, a value without a meaning."""

    lacks: Lacks
    column: str
    header: str = ""
    value: str = ""
    asked: Asked | None = None


_NOT_MATCHED: Final = Match()


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What has been decided about a file, and what follows.

    `meanings` says what values are known to mean, by canonical column and `key_of` the value; `value_choices` what a
    person has said they mean, the value itself where it is to be taken as it is.
    """

    kind: KindOfFile
    seen: FileSeen
    wanted: tuple[Wanted, ...]
    matches: Mapping[str, Match] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, Meaning]] = field(default_factory=dict)
    value_choices: Mapping[tuple[str, str], str] = field(default_factory=dict)
    answers: Mapping[tuple[Asked, str], str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    shorten: frozenset[str] = frozenset()

    # decisions

    def choose(self, column: str, headers: Sequence[str], why: Why = Why.BY_HAND) -> ColumnMapping:
        """Take a canonical column from these headers; none at all leaves it out."""
        certainty = Certainty.CHOSEN if headers else Certainty.OPEN
        return self._with(column, Match(tuple(headers), "", certainty, why if headers else Why.NOTHING))

    def set_constant(self, column: str, value: str, why: Why = Why.BY_HAND) -> ColumnMapping:
        """Give a canonical column the same value in every row; "" takes it away."""
        text = value.strip()
        certainty = Certainty.CHOSEN if text else Certainty.OPEN
        return self._with(column, Match((), text, certainty, why if text else Why.NOTHING))

    def accept(self, column: str) -> ColumnMapping:
        """Take what is offered for a column."""
        match = self.match(column)
        if not match.offered:
            return self
        return self._with(column, Match(match.offered, "", Certainty.CHOSEN, match.why))

    def accept_all(self) -> ColumnMapping:
        """Take everything that is offered, columns and meanings of values."""
        accepted = self
        for wanted in self.wanted:
            if not self.match(wanted.name).is_given:
                accepted = accepted.accept(wanted.name)
        for one in accepted.values():
            if not one.is_decided and one.offered:
                accepted = accepted.set_meaning(one.column, one.value, one.offered)
        return accepted

    def set_meaning(self, column: str, value: str, meaning: str | None) -> ColumnMapping:
        """Say what a value means: the value itself takes it as it is, "" leaves the cell empty, None takes it back."""
        kept = {key: chosen for key, chosen in self.value_choices.items() if key != (column, value)}
        return replace(self, value_choices=kept if meaning is None else {**kept, (column, value): meaning})

    def answer(self, asked: Asked, header: str, answer: str) -> ColumnMapping:
        """Answer a question about a column, by its header, or about the file ("")."""
        return replace(self, answers={**self.answers, (asked, header): answer})

    def set_shorten(self, column: str, *, on: bool) -> ColumnMapping:
        """Let another country's long identity numbers be shortened, or not."""
        return replace(self, shorten=self.shorten | {column} if on else self.shorten - {column})

    def _with(self, column: str, match: Match) -> ColumnMapping:
        return replace(self, matches={**self.matches, column: match})

    # what follows

    def match(self, column: str) -> Match:
        """Return where a canonical column comes from."""
        return self.matches.get(column, _NOT_MATCHED)

    def places(self, header: str) -> tuple[ColumnSeen, ...]:
        """Return the file's columns that a header stands for, in the order of their numbers."""
        return columns_under(self.seen, header)

    def sources(self, column: str) -> tuple[ColumnSeen, ...]:
        """Return the file's columns that make up a canonical column."""
        return tuple(seen for header in self.match(column).headers for seen in self.places(header))

    def used(self) -> frozenset[str]:
        """Return the headers of the file that are used."""
        return frozenset(seen.header for wanted in self.wanted for seen in self.sources(wanted.name))

    def unused(self) -> tuple[ColumnSeen, ...]:
        """Return the columns of the file that will not be read."""
        used = self.used()
        return tuple(column for column in self.seen.columns if column.header not in used)

    def date_format(self, column: str) -> str:
        """Return the format of a canonical column's dates, "" while it is not known."""
        for seen in self.sources(column):
            if seen.looks is Looks.EMPTY or not seen.filled:
                continue
            for asked in (Asked.DATE_FORMAT, Asked.NO_DATE_FORMAT):
                if answer := self.answers.get((asked, seen.header)):
                    return answer
            if len(seen.date_formats) == 1:
                return seen.date_formats[0]
        return ""

    def date_choices(self, header: str) -> tuple[str, ...]:
        """Return the formats to choose among for a column of the file."""
        seen = next((column for column in self.seen.columns if column.header == header), None)
        asked = [q.choices for q in self.seen.questions if q.column == header and q.asked in _ABOUT_DATES]
        if asked and asked[0]:
            return asked[0]
        return seen.date_formats if seen is not None and seen.date_formats else DATE_FORMATS

    def values(self) -> tuple[ValueMatch, ...]:
        """Return the values of every column with a list of its own, the most frequent first, and what they mean."""
        return tuple(one for wanted in self.wanted for one in self.values_of(wanted))

    def values_of(self, wanted: Wanted) -> Iterator[ValueMatch]:
        """Give the values of one canonical column."""
        if not wanted.choices or self.match(wanted.name).constant:
            return
        counts: dict[str, int] = {}
        for seen in self.sources(wanted.name):
            for value, count in seen.values:
                text = value.strip()
                if text:
                    counts[text] = counts.get(text, 0) + count
        for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            yield self._value(wanted, value, count)

    def tables(self) -> dict[str, dict[str, str]]:
        """Return the tables of values that the decisions make; a value that was to be taken as it is says so."""
        found: dict[str, dict[str, str]] = {}
        for one in self.values():
            if one.is_decided and (one.meaning != one.value or one.is_kept):
                found.setdefault(one.column, {})[one.value] = one.meaning
        for (column, value), meaning in self.value_choices.items():
            if self.match(column).headers:
                found.setdefault(column, {})[value] = meaning
        return found

    def open(self) -> tuple[Open, ...]:
        """Return everything that is still to be said, in the order of the work."""
        columns = [
            Open(Lacks.COLUMN, wanted.name)
            for wanted in self.wanted
            if wanted.required and not self.match(wanted.name).is_given
        ]
        values = [Open(Lacks.VALUE, one.column, value=one.value) for one in self.values() if not one.is_decided]
        return (*self._open_questions(), *columns, *self._long_ids(), *values)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is left to be said."""
        return not self.open()

    def is_relevant(self, question: Question) -> bool:
        """Tell whether a question matters for what is mapped: that of a column only where it is read so."""
        if not question.column:
            return True
        wanted = ReadAs.AMOUNT if question.asked is Asked.DECIMAL else ReadAs.DATE
        return any(
            one.read_as is wanted and any(seen.header == question.column for seen in self.sources(one.name))
            for one in self.wanted
        )

    def needs_shortening(self, column: str) -> bool:
        """Tell whether every number of a person that is seen is of a kind that no import would let in."""
        values = [value.strip() for seen in self.sources(column) for value, _count in seen.values if value.strip()]
        return bool(values) and not any(is_number(value) for value in values)

    def _value(self, wanted: Wanted, value: str, count: int) -> ValueMatch:
        chosen = self.value_choices.get((wanted.name, value))
        if chosen is not None:
            return ValueMatch(wanted.name, value, count, chosen, Offered.CHOSEN)
        if value in wanted.choices:
            return ValueMatch(wanted.name, value, count, value, Offered.SURE)
        known = self.meanings.get(wanted.name, {}).get(key_of(value))
        if known is None or known.meaning not in wanted.choices:
            return ValueMatch(wanted.name, value, count)
        if known.sure:
            return ValueMatch(wanted.name, value, count, known.meaning, Offered.SURE)
        return ValueMatch(wanted.name, value, count, "", Offered.LIKELY, known.meaning)

    def _open_questions(self) -> Iterator[Open]:
        asked_about = set()
        for question in self.seen.questions:
            if self.is_relevant(question) and (question.asked, question.column) not in self.answers:
                asked_about.add(question.column)
                yield Open(Lacks.QUESTION, self._read_from(question.column), question.column, asked=question.asked)
        for wanted in self.wanted:
            if wanted.read_as is not ReadAs.DATE or self.date_format(wanted.name):
                continue
            for seen in self.sources(wanted.name)[:1]:
                if seen.filled and seen.header not in asked_about:
                    yield Open(Lacks.QUESTION, wanted.name, seen.header, asked=Asked.NO_DATE_FORMAT)

    def _read_from(self, header: str) -> str:
        found = (one.name for one in self.wanted if any(seen.header == header for seen in self.sources(one.name)))
        return next(found, "") if header else ""

    def _long_ids(self) -> Iterator[Open]:
        for wanted in self.wanted:
            long = wanted.read_as is ReadAs.PERSON and wanted.name not in self.shorten
            if long and self.needs_shortening(wanted.name):
                yield Open(Lacks.LONG_ID, wanted.name)


_ABOUT_DATES: Final = (Asked.DATE_FORMAT, Asked.NO_DATE_FORMAT)


def key_of(text: str) -> str:
    """Return a name with case, accents, spaces and separators taken away, for comparing names people give."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def columns_under(seen: FileSeen, header: str) -> tuple[ColumnSeen, ...]:
    """Return the columns that a header stands for; one that ends with `#` for all with a number there, in order."""
    if not header.endswith(NUMBERED):
        return tuple(column for column in seen.columns if column.header == header)
    stem = header.removesuffix(NUMBERED)
    rests = ((column.header.removeprefix(stem), column) for column in seen.columns if column.header.startswith(stem))
    numbered = [(int(rest), column) for rest, column in rests if rest.isascii() and rest.isdigit()]
    return tuple(column for _number, column in sorted(numbered, key=lambda pair: pair[0]))


def is_date_format(pattern: str) -> bool:
    """Tell whether a profile may state this date format."""
    return DateFormat.of(pattern) is not None
