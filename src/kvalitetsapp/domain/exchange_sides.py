"""A conflict side by side, in words: what a thing is here and what it is in the package, and where they differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.exchange_tables import SIDES
from kvalitetsapp.domain.exchanged import Thing, ThingKind
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, kronor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_ANSWER: Final = {
    "decision": (N_("Beslut"), "verdict"),
    "complication_class": (N_("Komplikation"), "complication_class"),
    "relation": (N_("Samband"), "relation"),
    "harm_severity": (N_("Skadans allvar"), "harm_severity"),
    "clavien_dindo": (N_("Clavien-Dindo"), "clavien_dindo"),
    "avoidability": (N_("Undvikbarhet"), "avoidability"),
    "infection_level": (N_("Infektionens säkerhet"), "infection_level"),
    "organism": (N_("Bakterie"), "organism"),
    "treatment": (N_("Behandling"), "treatment"),
    "outcome": (N_("Utfall"), "outcome"),
    "pointer": (N_("Hänvisning"), ""),
    "comment": (N_("Kommentar"), ""),
    "reviewer": (N_("Granskare"), ""),
    "reviewed_on": (N_("Dag"), ""),
}


def side_by_side(ours: Sequence[Thing], theirs: Sequence[Thing]) -> Table:
    """Return what things are here and in the package, a row for everything that is told of them."""
    here = {one.id: one for one in ours}
    rows: list[tuple[str | int, ...]] = []
    for one in theirs:
        there = dict(_told(one))
        mine = dict(_told(here[one.id])) if one.id in here else {}
        for field in dict.fromkeys((*there, *mine)):
            left, right = mine.get(field, ""), there.get(field, "")
            if left or right:
                rows.append((one.name, field, left, right, int(left != right)))
    return Table(SIDES, list(rows))


def _told(one: Thing) -> Iterator[tuple[str, str]]:
    tellers: dict[ThingKind, Callable[[Thing], Iterator[tuple[str, str]]]] = {
        ThingKind.DECISION: _decision,
        ThingKind.MISSED: _missed,
        ThingKind.CLAIM: _claim,
        ThingKind.BASIS: _document,
        ThingKind.PAYMENT: _payment,
    }
    yield from tellers[one.kind](one)


def _decision(one: Thing) -> Iterator[tuple[str, str]]:
    given = {act["mark"]: act for act in one.acts if "mark" in act}
    latest = [given[mark] for mark in one.state["order"] if mark in one.state["stand"]][-1:]
    yield _("Gäller"), "" if latest else _("inget beslut, det är taget tillbaka")
    for act in latest:
        for name, (label, vocabulary) in _ANSWER.items():
            yield _(label), word(vocabulary, act[name]) if vocabulary and act[name] else act[name]
        yield _("Operation"), "/".join(act["operation"] or ())
        yield _("Uppföljande kontakter"), ", ".join(act["follow_ups"])
    yield _("Historik"), "\n".join(_turn(act, given) for act in one.acts)


def _turn(act: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]) -> str:
    if "mark" in act:
        return f"{act['reviewed_on']} {act['reviewer']}: {word('verdict', act['decision'])}"
    of = given[act["of"]]
    text = _("{at} {by}: tog tillbaka beslutet från {day}")
    if act["act"] == "verdict_restored":
        text = _("{at} {by}: lät beslutet från {day} gälla igen")
    return text.format(at=to_the_minute(act["at"]), by=act["by"], day=of["reviewed_on"])


def _missed(one: Thing) -> Iterator[tuple[str, str]]:
    last = one.acts[-1]
    decided = next(act for act in reversed(one.acts) if act["act"] == "decided")
    yield _("Gäller"), _("inget beslut, det är taget tillbaka") if last["act"] == "withdrawn" else ""
    yield _("Beslut"), word("missed_decision", decided["decision"])
    known = decided["complication_class"]
    yield _("Komplikation"), word("complication_class", known) if known else ""
    yield _("Kommentar"), decided["comment"]
    yield _("Granskare"), decided["who"]
    yield _("Dag"), to_the_minute(decided["decided_at"])


def _claim(one: Thing) -> Iterator[tuple[str, str]]:
    base, state = one.base, one.state
    yield _("Operation"), base["index_ref"]
    yield _("Vårdgivare"), base["provider_id"]
    yield _("Läge"), word("claim_status", state["status"])
    yield _("Krävt"), kronor(sum(state["amounts"].values()))
    yield _("Accepterat"), "" if state["accepted"] is None else kronor(state["accepted"])
    yield _("Underlag"), state["document"] or ""
    for line in base["lines"]:
        amount = kronor(state["amounts"][str(line["line"])])
        yield _("Rad {line}").format(line=line["line"]), f"{line['event_ref']}: {amount}"
    yield _("Utkast av"), f"{base['drafted_by']} {to_the_minute(base['drafted_at'])}"
    steps = [act for act in one.acts if act["act"] == "step"]
    yield _("Historik"), "\n".join(f"{act['day']} {act['who']}: {word('claim_step', act['kind'])}" for act in steps)
    net = sum(act["amount"] * (1 if act["kind"] == "draw" else -1) for act in one.acts if act["act"] == "entry")
    yield _("Av taket"), kronor(net)


def _document(one: Thing) -> Iterator[tuple[str, str]]:
    base = one.base
    yield _("Slag"), word("document_type", str(base["document_type"]))
    yield _("Utställt"), f"{base['issued_on']} {base['issued_by']}"
    yield _("Vårdgivare"), base["provider_id"]
    yield _("Belopp"), kronor(base["amount"])
    yield _("Krediterar"), base["credits"] or ""
    for line in base["lines"]:
        told = _("krav nr {claim}, rad {claim_line}: {amount}")
        yield (
            _("Rad {line}").format(line=line["line"]),
            told.format(claim=line["claim"], claim_line=line["claim_line"], amount=kronor(line["amount"])),
        )
    yield _("Historik"), "\n".join(f"{act['day']} {act['who']}: {_step(act)}" for act in one.acts)


def _step(act: Mapping[str, Any]) -> str:
    told = word("basis_step", act["kind"])
    content = json.loads(act["content"])
    return f"{told} {content['legal_number']}" if "legal_number" in content else told


def _payment(one: Thing) -> Iterator[tuple[str, str]]:
    base = one.base
    yield _("Mottagen"), base["received_on"]
    yield _("Belopp"), kronor(base["amount"])
    yield _("Referens"), base["reference"]
    yield _("Betalare"), base["payer"]
    yield _("Historik"), "\n".join(_payment_act(act) for act in one.acts)


def _payment_act(act: Mapping[str, Any]) -> str:
    if act["act"] == "withdrawn":
        return _("{at}: återtagen").format(at=to_the_minute(act["at"]))
    placed = act["act"] == "placed"
    text = _("{at} {who}: {amount} på {document}") if placed else _("{at}: {amount} på {document} togs bort")
    at = act["placed_at"] if placed else act["at"]
    told = {"at": to_the_minute(at), "who": act["who"], "amount": kronor(act["amount"])}
    return text.format(**told, document=act["document"])
