"""An indicator as it is put together in a window: texts and ticks in, a recipe or what is wrong at each field out."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import indicator_reading
from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.indicator import (
    Anchor,
    Answered,
    Counted,
    Direction,
    Indicator,
    Measure,
    Position,
    Reviewed,
    usual_nature,
)
from kvalitetsapp.domain.indicator_checks import PARTS, WINDOWED
from kvalitetsapp.domain.indicator_recipe import plain
from kvalitetsapp.domain.indicator_tables import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.indicator import CodeSpan

_DASHES: Final = re.compile(r"\s*[–—]\s*")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,17})?")


@dataclass(frozen=True, slots=True)
class IndicatorForm:
    """A recipe as typed: words where one chooses or ticks, days and limits as texts, a code a line.

    A line of codes is `T845F`, `T84*` for everything that begins so, and behind it the days that it is in force:
    `T845F 2015-01-01–2020-12-31`, `T845F 2015-01-01–`, `T845F –2020-12-31`. What the kind of counting does not use is
    not read, so a window may keep what was typed before another kind was chosen.
    """

    indicator_id: str = ""
    name: str = ""
    purpose: str = ""
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    source: str = ""
    note: str = ""
    measure: str = Measure.SHARE.value
    direction: str = Direction.LOW.value
    nature: str = ""
    level: tuple[str, ...] = LEVELS
    benchmark: str = ""
    verified: bool = False
    decimals: str = "1"
    kind: str = Counted.LINKED.value
    levels: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    reviewed: str = Reviewed.COUNTED.value
    groups: tuple[str, ...] = ()
    codes: str = ""
    position: str = Position.ANY.value
    instruments: tuple[str, ...] = ()
    items: str = ""
    occasion: str = ""
    before: str = ""
    answered: str = Answered.SCORE.value
    at_least: str = ""
    at_most: str = ""
    published: str = ""
    joints: tuple[str, ...] = ()
    prostheses: tuple[str, ...] = ()
    cohort_codes: str = ""
    diagnoses: str = ""
    not_diagnoses: str = ""
    payer_routes: tuple[str, ...] = ()
    care_forms: tuple[str, ...] = ()
    first: str = "0"
    last: str = ""
    anchor: str = Anchor.OPERATION.value


_COHORT: Final = ("joints", "prostheses", "diagnoses", "not_diagnoses", "payer_routes", "care_forms")
_FIELD_OF_KEY: Final = {"id": "indicator_id", "cohort.codes": "cohort_codes", "count": "kind", "window": "last"}
"""The fields that have other names than the last part of their keys."""
_OF_CODES: Final = ("codes", "cohort_codes", "diagnoses", "not_diagnoses")


def form_of(one: Indicator) -> IndicatorForm:
    """Return a recipe as it would be typed."""
    count, cohort, window = one.count, one.cohort, one.window
    same = {each.name for each in fields(IndicatorForm)}
    values: dict[str, object] = {
        name: getattr(part, name)
        for part in (one, cohort, window, count)
        for name in (each.name for each in fields(part))
        if name in same
    }
    values |= {name: _typed_codes(getattr(cohort, name)) for name in ("diagnoses", "not_diagnoses")}
    values |= {
        "codes": _typed_codes(count.codes),
        "cohort_codes": _typed_codes(cohort.codes),
        "prostheses": tuple(each.value for each in cohort.prostheses),
        "nature": "" if one.nature is usual_nature(count.kind) else one.nature.value,
        "items": ", ".join(count.items),
        "decimals": str(one.decimals),
        "first": str(window.first),
        "last": "" if window.last is None else str(window.last),
        "at_least": "" if count.at_least is None else plain(count.at_least),
        "at_most": "" if count.at_most is None else plain(count.at_most),
    }
    return IndicatorForm(**values)  # type: ignore[arg-type]


def read(form: IndicatorForm, version: str = "1") -> Indicator | tuple[FieldFault, ...]:
    """Return the recipe that the form says, as a user's own, or every fault in the order of the fields.

    The fields of faults are those of the form; in a field of codes the line is told: `codes.2`.
    """
    found = indicator_reading.read(_table(form, version))
    if isinstance(found, Indicator):
        return found
    order = [each.name for each in fields(IndicatorForm)]
    told = dict.fromkeys(FieldFault(_field(each.field), each.message) for each in found)
    return tuple(sorted(told, key=lambda each: order.index(each.field.split(".")[0])))


def _table(form: IndicatorForm, version: str) -> dict[str, object]:
    """Return what the form says as the keys of a recipe; what a recipe may leave out is left out where it is empty."""
    top = (
        *("name", "purpose", "numerator", "denominator", "exclusions", "source", "note"),
        *("measure", "direction", "nature"),
    )
    kind = Counted(form.kind) if form.kind in tuple(Counted) else None
    used = () if kind is None else PARTS[kind]
    return {
        "id": form.indicator_id,
        "version": version,
        **{name: getattr(form, name) for name in top},
        "level": list(form.level),
        "benchmark": form.benchmark,
        "verified": form.verified,
        "decimals": _whole(form.decimals, "1"),
        "count": {"kind": form.kind, **{name: value for name in used if (value := _part(form, name)) is not None}},
        "cohort": {**{name: _part(form, name) for name in _COHORT}, "codes": _codes(form.cohort_codes)},
        "window": _window(form) if kind in WINDOWED else {},
    }


def _part(form: IndicatorForm, name: str) -> object:
    """Return a field as the value of its key, None where it is empty and nothing."""
    value = getattr(form, name)
    if name in _OF_CODES:
        return _codes(value)
    if name == "items":
        return [each.strip() for each in value.split(",") if each.strip()]
    if name in ("at_least", "at_most"):
        return _limit(value)
    return list(value) if isinstance(value, tuple) else value


def _window(form: IndicatorForm) -> dict[str, object]:
    last = _whole(form.last, "")
    return {"first": _whole(form.first, "0"), "anchor": form.anchor, **({} if last == "" else {"last": last})}


def _whole(text: str, instead: str) -> object:
    """Return a number where a text is one; any other text is left for the reader to refuse."""
    typed = "".join(text.split()) or instead
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len("1000000000") else typed


def _limit(text: str) -> object:
    typed = text.strip()
    if not typed:
        return None
    return float(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else typed


def _codes(text: str) -> list[object]:
    return [_code(line) for line in text.splitlines() if line.strip()]


def _code(line: str) -> dict[str, object]:
    """Return a line of codes as the keys of a code; days that are none stay texts, which the reader refuses."""
    code, _space, days = line.strip().partition(" ")
    told: dict[str, object] = {"code": code.removesuffix("*"), "prefix": code.endswith("*")}
    start, *end = _DASHES.split(days.strip(), maxsplit=1) if days.strip() else [""]
    if start:
        told["valid_from"] = _day(start)
    if end and end[0]:
        told["valid_to"] = _day(end[0])
    return told


def _day(text: str) -> object:
    day = iso_format().iso(text)
    return text if day is None else date.fromisoformat(day)


def _typed_codes(spans: Iterable[CodeSpan]) -> str:
    return "\n".join(map(_typed_code, spans))


def _typed_code(span: CodeSpan) -> str:
    code = f"{span.code}*" if span.prefix else span.code
    if span.valid_from is None and span.valid_to is None:
        return code
    start, end = ("" if day is None else day.isoformat() for day in (span.valid_from, span.valid_to))
    return f"{code} {start}–{end}"


def _field(key: str) -> str:
    """Return the form's name of a key: `count.codes.2.valid_to` is `codes.2`."""
    parts = key.split(".")
    if key in _FIELD_OF_KEY:
        return _FIELD_OF_KEY[key]
    rows = [part for part in parts if part.isdecimal()]
    names = [part for part in parts if not part.isdecimal()]
    codes = names[:2] if rows else names
    name = _FIELD_OF_KEY.get(".".join(codes), codes[-1])
    return ".".join((name, *rows))
