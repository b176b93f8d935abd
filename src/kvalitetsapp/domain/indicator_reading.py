"""A recipe from plain values, as a file or a form tells them: an indicator that is whole, or every fault at its key.

The keys are those of a file of indicators; parts and rows stand in dotted names, `count.codes.2.valid_to`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from kvalitetsapp.domain import families, identity, indicator_checks
from kvalitetsapp.domain.adverse_event import GROUPS
from kvalitetsapp.domain.codes import normalise_code
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.indicator import (
    OWN,
    Anchor,
    Answered,
    CodeSpan,
    Cohort,
    Count,
    Counted,
    Direction,
    Indicator,
    Measure,
    Nature,
    Position,
    Prosthesis,
    Reviewed,
    Window,
    usual_nature,
)
from kvalitetsapp.domain.indicator_tables import LEVELS
from kvalitetsapp.domain.sources import Instrument, Occasion
from kvalitetsapp.domain.words import CareForm, ComplicationClass, PayerRoute, SurgeryLevel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Word = TypeVar("Word", bound=StrEnum)

LONGEST_DAYS: Final = 40_000
MOST_DECIMALS: Final = 4
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "": (
        *("id", "version", "name", "purpose", "numerator", "denominator", "exclusions", "source", "measure"),
        *("direction", "nature", "level", "benchmark", "note", "verified", "decimals", "count", "cohort", "window"),
    ),
    "count": (
        *("kind", "levels", "classes", "reviewed", "groups", "codes", "position", "instruments", "items"),
        *("occasion", "before", "answered", "at_least", "at_most", "published"),
    ),
    "cohort": ("joints", "prostheses", "codes", "diagnoses", "not_diagnoses", "payer_routes", "care_forms"),
    "window": ("first", "last", "anchor"),
    "codes": ("code", "prefix", "valid_from", "valid_to"),
}
"""The keys of a recipe and of its parts; `codes` are those of a code wherever codes stand."""
_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,59}")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class RecipeFault:
    """Which recipe of a file cannot be used, which key of it is wrong, and why, in Swedish."""

    indicator_id: str
    key: str
    reason: str

    def told(self) -> str:
        """Return it as a line: `min_indikator, window.last: Fönstret slutar innan det börjar.`."""
        return identity.hidden(f"{', '.join(filter(None, (self.indicator_id, self.key)))}: {self.reason}")


def read(table: Mapping[str, object], *, family: str = OWN) -> Indicator | tuple[FieldFault, ...]:
    """Return the indicator that the values tell, or everything that is wrong with them in the order of the keys."""
    reader = _Reader()
    made = reader.indicator(table, family)
    return tuple(reader.faults) or indicator_checks.contradictions(made) or made


@dataclass
class _Reader:
    """Reads key by key; what is wrong is noted and stands for something harmless meanwhile."""

    faults: list[FieldFault] = field(default_factory=list)

    def indicator(self, table: Mapping[str, object], family: str) -> Indicator:
        """Return the indicator; worth nothing where there are faults."""
        self._known(table, "", "")
        count = self._count(self._part(table, "count", required=True))
        return Indicator(
            indicator_id=self._id(table),
            version=self._text(table, "version"),
            **{name: self._text(table, name) for name in _TOLD},
            measure=self._word(table, "measure", Measure, Measure.SHARE),
            direction=self._word(table, "direction", Direction, Direction.NEITHER),
            nature=self._word(table, "nature", Nature, usual_nature(count.kind), required=False),
            level=self._words(table, "level", LEVELS, required=True),
            benchmark=self._text(table, "benchmark", required=False),
            note=self._text(table, "note", required=False),
            verified=self._flag(table, "verified"),
            decimals=self._number(table, "decimals", MOST_DECIMALS, 1) or 0,
            family=family,
            count=count,
            cohort=self._cohort(self._part(table, "cohort")),
            window=self._window(self._part(table, "window")),
        )

    def _count(self, table: Mapping[str, object]) -> Count:
        """Return what is counted."""
        within = "count."
        return Count(
            kind=self._word(table, "kind", Counted, Counted.LINKED, within, required=bool(table)),
            levels=self._words(table, "levels", tuple(SurgeryLevel), within),
            classes=self._words(table, "classes", tuple(ComplicationClass), within),
            reviewed=self._word(table, "reviewed", Reviewed, Reviewed.COUNTED, within, required=False),
            groups=self._words(table, "groups", GROUPS, within),
            codes=self._codes(table, "codes", within),
            position=self._word(table, "position", Position, Position.ANY, within, required=False),
            instruments=self._words(table, "instruments", tuple(Instrument), within),
            items=self._words(table, "items", (), within),
            occasion=self._occasion(table, "occasion"),
            before=self._occasion(table, "before"),
            answered=self._word(table, "answered", Answered, Answered.SCORE, within, required=False),
            at_least=self._limit(table, "at_least"),
            at_most=self._limit(table, "at_most"),
            published=self._text(table, "published", within, required=False),
        )

    def _cohort(self, table: Mapping[str, object]) -> Cohort:
        """Return whose operations are meant."""
        within = "cohort."
        prostheses = self._words(table, "prostheses", tuple(Prosthesis), within)
        return Cohort(
            joints=self._words(table, "joints", families.ids(), within),
            prostheses=tuple(Prosthesis(each) for each in prostheses if each in tuple(Prosthesis)),
            codes=self._codes(table, "codes", within),
            diagnoses=self._codes(table, "diagnoses", within),
            not_diagnoses=self._codes(table, "not_diagnoses", within),
            payer_routes=self._words(table, "payer_routes", tuple(PayerRoute), within),
            care_forms=self._words(table, "care_forms", tuple(CareForm), within),
        )

    def _window(self, table: Mapping[str, object]) -> Window:
        """Return when it has to have happened."""
        within = "window."
        return Window(
            first=self._number(table, "first", LONGEST_DAYS, 0, within) or 0,
            last=self._number(table, "last", LONGEST_DAYS, None, within),
            anchor=self._word(table, "anchor", Anchor, Anchor.OPERATION, within, required=False),
        )

    def _fault(self, key: str, message: str) -> None:
        self.faults.append(FieldFault(key, message))

    def _known(self, table: Mapping[str, object], part: str, within: str) -> None:
        """Refuse keys that a part does not have."""
        for key in table:
            if key not in KEYS[part]:
                self._fault(
                    f"{within}{key}", _("Nyckeln finns inte. Välj bland {known}.").format(known=", ".join(KEYS[part]))
                )

    def _part(self, table: Mapping[str, object], key: str, *, required: bool = False) -> Mapping[str, object]:
        value = table.get(key)
        if value is None:
            if required:
                self._fault(key, _missing())
            return {}
        if not isinstance(value, dict):
            self._fault(key, _("Ska vara en del med egna nycklar, [indicator.{key}].").format(key=key))
            return {}
        self._known(value, key, f"{key}.")
        return value

    def _id(self, table: Mapping[str, object]) -> str:
        text = self._text(table, "id")
        if text and not _ID.fullmatch(text):
            self._fault(
                "id", _("Skriv små bokstäver a–z, siffror och understreck, med en bokstav först, högst 60 tecken.")
            )
        return text

    def _text(self, table: Mapping[str, object], key: str, within: str = "", *, required: bool = True) -> str:
        value = table.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self._fault(within + key, _missing())
            return ""
        if not isinstance(value, str):
            self._fault(within + key, _("Ska vara en text."))
            return ""
        text = value.strip()
        if identity.hidden(text) != text:
            self._fault(within + key, _("Texten innehåller något som ser ut som ett personnummer. Ta bort det."))
        return text

    def _word(
        self,
        table: Mapping[str, object],
        key: str,
        words: type[Word],
        instead: Word,
        within: str = "",
        *,
        required: bool = True,
    ) -> Word:
        text = self._text(table, key, within, required=required)
        if text and text not in tuple(words):
            self._fault(within + key, _not_a_word(text, tuple(words)))
        return words(text) if text in tuple(words) else instead

    def _words(
        self,
        table: Mapping[str, object],
        key: str,
        allowed: Collection[str] = (),
        within: str = "",
        *,
        required: bool = False,
    ) -> tuple[str, ...]:
        """Return a list of words, each once; `allowed` empty takes any text."""
        name, values = within + key, table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(each, str) and each.strip() for each in values):
            self._fault(name, _('Ska vara en lista av texter, till exempel ["hip", "knee"].'))
            return ()
        found = [each.strip() for each in values]
        if required and not found:
            self._fault(name, _missing())
        for each in dict.fromkeys(found):
            if allowed and each not in allowed:
                self._fault(name, _not_a_word(each, allowed))
            elif found.count(each) > 1:
                self._fault(name, _("{word} står två gånger.").format(word=each))
        return tuple(found)

    def _occasion(self, table: Mapping[str, object], key: str) -> str:
        text = self._text(table, key, "count.", required=False)
        if text and text not in tuple(Occasion):
            self._fault(f"count.{key}", _not_a_word(text, tuple(Occasion)))
        return text

    def _flag(self, table: Mapping[str, object], key: str, within: str = "") -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._fault(within + key, _("Ska vara true eller false."))
        return value is True

    def _number(
        self, table: Mapping[str, object], key: str, largest: int, instead: int | None, within: str = ""
    ) -> int | None:
        value = table.get(key)
        if value is None:
            return instead
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= largest:
            self._fault(within + key, _("Ska vara ett heltal från 0 till {n}.").format(n=largest))
            return instead
        return value

    def _limit(self, table: Mapping[str, object], key: str) -> float | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self._fault(f"count.{key}", _("Ska vara ett tal, till exempel 4 eller 62.5."))
            return None
        return float(value)

    def _codes(self, table: Mapping[str, object], key: str, within: str) -> tuple[CodeSpan, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
            self._fault(within + key, _('Ska vara en lista av koder, till exempel [{code = "T845F"}].'))
            return ()
        spans = tuple(self._code(each, f"{within}{key}.{row}.") for row, each in enumerate(values, 1))
        for row, span in enumerate(spans, 1):
            if span in spans[: row - 1]:
                self._fault(f"{within}{key}.{row}.code", _("{word} står två gånger.").format(word=span.code))
        return spans

    def _code(self, table: Mapping[str, object], within: str) -> CodeSpan:
        self._known(table, "codes", within)
        code = normalise_code(self._text(table, "code", within))
        if code and not _CODE.fullmatch(code):
            self._fault(
                f"{within}code",
                _("{code} är ingen kod. Skriv en bokstav följd av bokstäver och siffror, till exempel T845F.").format(
                    code=code
                ),
            )
        start, end = (self._day(table, key, within) for key in ("valid_from", "valid_to"))
        if start is not None and end is not None and end < start:
            self._fault(f"{within}valid_to", _("Koden slutar gälla innan den börjar."))
        return CodeSpan(code, self._flag(table, "prefix", within), start, end)

    def _day(self, table: Mapping[str, object], key: str, within: str) -> date | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self._fault(within + key, _("Ska vara ett datum utan citattecken, till exempel 2024-12-31."))
            return None
        return value


_TOLD: Final = ("name", "purpose", "numerator", "denominator", "exclusions", "source")


def _missing() -> str:
    return _("Ett obligatoriskt värde saknas.")


def _not_a_word(text: str, allowed: Collection[str]) -> str:
    return _("{word} finns inte. Välj bland {known}.").format(word=text, known=", ".join(allowed))
