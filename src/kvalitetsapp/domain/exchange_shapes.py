"""What every thing of a package must hold, kind by kind: the form of packages as it is checked when one is read.

A shape is a type, a set of words, a function that a value must satisfy, a tuple of shapes any of which will do, a list
of one shape for lists of any length or of several for lists of just those, or an object of shapes by name.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.claim import TRANSITIONS
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.domain.exchanged import ThingKind
from kvalitetsapp.domain.words import ComplicationClass

if TYPE_CHECKING:
    from kvalitetsapp.domain.exchanged import Package, Thing


def _is_day(told: object) -> bool:
    try:
        return isinstance(told, str) and bool(date.fromisoformat(told))
    except ValueError:
        return False


def _is_json_object(told: object) -> bool:
    try:
        return isinstance(told, str) and isinstance(json.loads(told), dict)
    except (ValueError, RecursionError):
        return False


def _is_amounts(told: object) -> bool:
    return isinstance(told, dict) and all(line.isdigit() and type(one) is int for line, one in told.items())


_NUMBER: Final = (int, None)
_TEXT: Final = (str, None)
_OPERATION: Final = [str, str, str]
_WORDS: Final = dict.fromkeys(
    (
        *("relation", "harm_severity", "clavien_dindo", "avoidability", "infection_level"),
        *("organism", "treatment", "outcome", "pointer", "comment", "criteria"),
    ),
    str,
)
_CLASS: Final = frozenset({"", *ComplicationClass})
_TURN: Final = {"of": str, "by": str, "at": str}
_PLACED: Final = {"document": str, "amount": int, "how": str, "who": str, "placed_at": str}
_BASES: Final[dict[ThingKind, Any]] = {
    ThingKind.DECISION: {"episode": str, "joint": str, "side": str},
    ThingKind.MISSED: {"operation": _OPERATION, "episode": str},
    ThingKind.CLAIM: {
        **dict.fromkeys(("provider_id", "agreement_id", "index_ref", "drafted_by", "drafted_at"), str),
        "terms": _is_json_object,
        "operated_on": _is_day,
        "claim": int,
        "operation": _OPERATION,
        "supplements": _NUMBER,
        "lines": [
            {
                **dict.fromkeys(("episode", "joint", "side", "event_ref", "complication_class", "reviewer"), str),
                **dict.fromkeys(("reviewed_on", "relation", "cost_basis", "cost_source"), str),
                **dict.fromkeys(("line", "days", "cost", "deductible"), int),
                "event_date": _is_day,
                "price_year": _NUMBER,
                "review": ([str, str, _TEXT], None),
            }
        ],
    },
    ThingKind.BASIS: {
        **dict.fromkeys(("number", "issuer_org", "provider_id", "issued_by", "issued_at"), str),
        **dict.fromkeys(("counter", "document_type", "amount"), int),
        **dict.fromkeys(("issued_on", "due_on"), _is_day),
        "credits": _TEXT,
        "content": {"specification": [{"line": int, "claim_line": int, "contact": dict}]},
        "lines": [
            {
                **dict.fromkeys(("line", "claim", "claim_line", "amount"), int),
                **dict.fromkeys(("credited_line", "credit_reason"), _NUMBER),
                "reason": str,
            }
        ],
    },
    ThingKind.PAYMENT: {
        **dict.fromkeys(("reference", "payer", "note"), str),
        "received_on": _is_day,
        "amount": int,
        "entry_reference": _TEXT,
    },
}
_STATES: Final[dict[ThingKind, Any]] = {
    ThingKind.DECISION: {"order": [str], "stand": [str]},
    ThingKind.MISSED: {},
    ThingKind.CLAIM: {
        "status": frozenset(ClaimStatus),
        "accepted": _NUMBER,
        "told_side": _TEXT,
        "document": _TEXT,
        "amounts": _is_amounts,
    },
    ThingKind.BASIS: {},
    ThingKind.PAYMENT: dict.fromkeys(("origin", "file_name", "file_sha256", "who", "recorded_at"), str),
}
_ACTS: Final[dict[ThingKind, dict[str, Any]]] = {
    ThingKind.DECISION: {
        "verdict_given": {
            **_WORDS,
            "complication_class": _CLASS,
            **dict.fromkeys(("mark", "reviewer", "answered_at"), str),
            **dict.fromkeys(("cultures_taken", "cultures_positive"), _NUMBER),
            "reviewed_on": _is_day,
            "seconds": int,
            "decision": frozenset({"confirmed", "rejected"}),
            "operation": (_OPERATION, None),
            "follow_ups": [str],
            "shown": _is_json_object,
        },
        "verdict_withdrawn": _TURN,
        "verdict_restored": _TURN,
    },
    ThingKind.MISSED: {
        "decided": {
            **dict.fromkeys(("decision", "comment", "who", "decided_at"), str),
            "complication_class": _CLASS,
        },
        "withdrawn": {"of": [str, str], "at": str},
    },
    ThingKind.CLAIM: {
        "step": {
            **dict.fromkeys(("who", "taken_at", "reason"), str),
            "kind": frozenset(ClaimStep),
            "status": frozenset(ClaimStatus),
            "day": _is_day,
            "amount": _NUMBER,
            "document": _TEXT,
        },
        "entry": {
            **dict.fromkeys(("line", "amount", "cap"), int),
            **dict.fromkeys(("kind", "cap_scope", "who", "entered_at"), str),
            "day": _is_day,
            "document": _TEXT,
        },
        "left": {
            **dict.fromkeys(("line", "difference"), int),
            **dict.fromkeys(("fingerprint", "reason", "who", "decided_at"), str),
        },
        "taken_up": {"line": int, "who": str, "decided_at": str, "at": str},
    },
    ThingKind.BASIS: {
        "step": {"kind": str, "day": _is_day, "content": _is_json_object, "who": str, "taken_at": str},
    },
    ThingKind.PAYMENT: {"placed": _PLACED, "unplaced": {**_PLACED, "at": str}, "withdrawn": {"at": str}},
}


def unfit(package: Package) -> Thing | None:
    """Return the first thing of a package that lacks something, tells it otherwise, or speaks of what is not told.

    None: everything holds what things of its kind hold.
    """
    return next((one for one in package.things if not _is_fit(one)), None)


def fits(told: object, shape: Any) -> bool:  # noqa: ANN401 - a shape is data
    """Tell whether a value has a shape; an object may tell more than its shape."""
    if shape is None or isinstance(shape, type):
        return told is None if shape is None else type(told) is shape
    if isinstance(shape, frozenset):
        return isinstance(told, str) and told in shape
    if isinstance(shape, tuple):
        return any(fits(told, one) for one in shape)
    if isinstance(shape, list):
        return _list_fits(told, shape)
    if isinstance(shape, dict):
        return isinstance(told, dict) and all(name in told and fits(told[name], one) for name, one in shape.items())
    return bool(shape(told))


def _is_fit(one: Thing) -> bool:
    return fits(one.base, _BASES[one.kind]) and fits(one.state, _STATES[one.kind]) and _acts_fit(one)


def _list_fits(told: object, shape: list[Any]) -> bool:
    if not isinstance(told, list):
        return False
    if len(shape) == 1:
        return all(fits(one, shape[0]) for one in told)
    return len(told) == len(shape) and all(map(fits, told, shape))


def _acts_fit(one: Thing) -> bool:
    """Tell whether the acts of a thing are acts of its kind, and speak of nothing but what the thing tells."""
    shapes = _ACTS[one.kind]
    if not all(fits(act.get("act"), frozenset(shapes)) and fits(act, shapes[act["act"]]) for act in one.acts):
        return False
    if one.kind is ThingKind.BASIS:
        return all(type(line.get("_claim", 0)) is int for line in one.base["content"]["specification"])
    if one.kind is ThingKind.PAYMENT:
        return True
    of_kind = {
        ThingKind.DECISION: _tells_of_its_answers,
        ThingKind.MISSED: lambda told: told.acts[0]["act"] == "decided",
        ThingKind.CLAIM: _is_led_by_its_steps,
    }
    return bool(one.acts) and _named(one) <= set(one.episodes) and of_kind[one.kind](one)


def _named(one: Thing) -> set[str]:
    """Return the care contacts that a thing names."""
    told = [one.base, *one.base.get("lines", ()), *one.acts]
    of_operations = {each["operation"][0] for each in told if each.get("operation")}
    follow_ups = {ref for act in one.acts for ref in act.get("follow_ups", ())}
    return of_operations | follow_ups | {each["episode"] for each in told if "episode" in each}


def _is_led_by_its_steps(one: Thing) -> bool:
    """Tell whether a claim's steps lead where steps of their kind lead, one of them to where the claim is."""
    steps = [act for act in one.acts if act["act"] == "step"]
    led = {
        act["status"] in TRANSITIONS.get(act["kind"], {ClaimStatus.DRAFT: ClaimStatus.DRAFT}).values() for act in steps
    }
    lines = {str(line["line"]) for line in one.base["lines"]}
    reached = {act["status"] for act in steps}
    spoken_of = {str(act["line"]) for act in one.acts if "line" in act}
    of_lines = set(one.state["amounts"]) == lines and spoken_of <= lines
    return led == {True} and one.state["status"] in reached and of_lines


def _tells_of_its_answers(one: Thing) -> bool:
    """Tell whether the turns of a decision are of answers that it tells of, and its end is made of them."""
    given: set[str] = set()
    for act in one.acts:
        if "mark" in act:
            given.add(act["mark"])
        elif act["of"] not in given:
            return False
    stand, order = one.state["stand"], one.state["order"]
    return set(stand) <= given and sorted(order) == sorted(given)
