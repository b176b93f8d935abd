"""Datakvalitet: what the rules point out, what is decided about it, how rules are set, and who delivers when."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from kvalitetsapp import settings
from kvalitetsapp.domain import identity as personal_identity
from kvalitetsapp.domain import quality as domain
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.quality import Coverage, QualityOutcome, RuleRows, RuleState
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import QualityDecision, word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access, quality_frames
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import batches, concerned, identities, providers, quality
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pandas import DataFrame

    from kvalitetsapp.domain.quality import Decision, Limits, QualityRules, Rule
    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.services.workspace import Workspace

_CHANGED = frozenset({Changed.QUALITY})
_SILENT_RULE = "silent_provider"
_NEEDS_REASON = frozenset({QualityDecision.ACCEPT})
_PERSONAL_ID = Column("personal_id", Kind.TEXT, N_("Personnummer"))


@cache
def rules() -> QualityRules:
    """Return the rules that the program carries with it."""
    from kvalitetsapp.exchange.quality_rules import read_quality_rules

    return read_quality_rules(settings.resources_dir() / "quality" / "rules.toml")


@needs(Right.READ_FIGURES)
def has_data(workspace: Workspace) -> bool:
    """Tell whether anything has been read in that rules could look at."""
    return bool(batches.all_batches(workspace.store))


@needs(Right.READ_FIGURES)
def overview(workspace: Workspace, progress: Progress | None = None) -> tuple[RuleState, ...]:
    """Return every rule with how it is set and how many rows it points out, the most severe first."""
    progress = progress or Progress()
    every = rules().rules
    states = []
    for place, rule in enumerate(every):
        progress.step(place, len(every), _("Prövar regler"))
        states.append(_state(workspace, rule))
    progress.step(len(every), len(every), _("Prövar regler"))
    quality_frames.let_go_if_large(workspace)
    return tuple(states)


@needs(Right.READ_ROWS)
def rows(workspace: Workspace, rule_id: str, *, identified: bool = False) -> RuleRows:
    """Return the rows behind a rule with what is decided about each; `identified` adds personal numbers, audited.

    Raises:
        InputError: there is no such rule.
    """
    if identified:
        access.demand(workspace, Right.EXPORT_IDENTIFIED, "data_quality.rows")
    rule = _rule(rule_id)
    _enabled, limits = _setting(workspace, rule)
    found = quality_frames.pointed_out(workspace, rules(), rule, limits)
    told = _plain(found, ("ref", "contact", "person", *domain.FACTS))
    decisions = quality.standing(workspace.store, rule_id)
    compared = _can_compare(workspace, rule)
    table = Table(domain.ROWS, [_row(row[0], row[3:], decisions.get(str(row[0])), compared=compared) for row in told])
    if identified:
        table = _with_numbers(workspace, rule_id, table, [row[2] for row in told])
    contacts = tuple(str(row[1] or "") for row in told)
    return RuleRows(rule_id, table, contacts, _labels(workspace, [str(row[0]) for row in told]))


@needs(Right.KEEP_QUALITY)
def decide(
    workspace: Workspace, rule_id: str, refs: Sequence[str], decision: QualityDecision, reason: str = ""
) -> QualityOutcome:
    """Decide about rows of a rule; the decision stands while their facts are the same.

    Raises:
        InputError: there is no such rule, or it is to be accepted without a reason.
        RefusedError: the rule no longer points one of them out.
    """
    rule = _rule(rule_id)
    if decision in _NEEDS_REASON and not reason.strip():
        raise InputError(_("Skriv varför raden godtas."))
    marks = _marks(workspace, rule, refs)
    for ref in refs:
        if ref not in marks:
            raise RefusedError(_("Regeln pekar inte längre ut {ref}. Inget har sparats.").format(ref=ref))
    detail = json.dumps({"rule": rule_id, "decision": decision.value, "rows": len(marks)})
    about = concerned.of_refs(workspace.store, refs)
    with workspace.action(f"{quality.ACTION}decided", target=rule_id, detail=detail, patients=about) as store:
        quality.decide(store, rule_id, marks, decision.value, reason.strip(), workspace.user)
    count = ngettext("{n} rad", "{n} rader", len(marks)).format(n=number(len(marks)))
    return QualityOutcome(f"{word('quality_decision', decision)}: {count}", _CHANGED)


@needs(Right.KEEP_QUALITY)
def withdraw(workspace: Workspace, rule_id: str, refs: Sequence[str]) -> QualityOutcome:
    """Let the decisions about these rows no longer stand; they stay in the history.

    Raises:
        InputError: there is no such rule.
        RefusedError: none of the rows has a decision.
    """
    _rule(rule_id)
    decided = [ref for ref in refs if ref in quality.standing(workspace.store, rule_id)]
    if not decided:
        raise RefusedError(_("Ingen av raderna har ett beslut att ångra."))
    detail = json.dumps({"rule": rule_id, "rows": len(decided)})
    about = concerned.of_refs(workspace.store, decided)
    with workspace.action(f"{quality.ACTION}withdrawn", target=rule_id, detail=detail, patients=about) as store:
        quality.withdraw(store, rule_id, decided, workspace.user)
    count = ngettext("{n} rad", "{n} rader", len(decided)).format(n=number(len(decided)))
    return QualityOutcome(_("Ångrat: {count}").format(count=count), _CHANGED)


@needs(Right.KEEP_QUALITY)
def set_rule(
    workspace: Workspace, rule_id: str, *, enabled: bool, limits: Mapping[str, int] | None = None
) -> QualityOutcome:
    """Turn a rule on or off and set its limits; limits that are left out stay as they are.

    Raises:
        InputError: there is no such rule, or a limit is outside what it can be.
    """
    rule = _rule(rule_id)
    _was, standing = _setting(workspace, rule)
    wanted = standing | {name: value for name, value in (limits or {}).items() if name in standing}
    for limit in rule.limits:
        if not limit.least <= wanted[limit.name] <= limit.most:
            raise InputError(
                _("{title} ska vara mellan {least} och {most}.").format(
                    title=limit.title, least=number(limit.least), most=number(limit.most)
                )
            )
    detail = json.dumps({"rule": rule_id, "enabled": enabled, "limits": wanted})
    with workspace.action(f"{quality.ACTION}rule_set", target=rule_id, detail=detail) as store:
        quality.add_setting(store, rule_id, enabled, wanted, workspace.user)
    return QualityOutcome(_("Regeln är ändrad: {title}").format(title=rule.title), _CHANGED)


@needs(Right.READ_ROWS)
def history(workspace: Workspace, rule_id: str, ref: str) -> Table:
    """Return every decision about a row, the newest first."""
    made = [
        (
            to_the_minute(one.decided_at),
            one.who,
            one.decision,
            one.reason,
            _moment(one),
            one.withdrawn_by or "",
        )
        for one in quality.history(workspace.store, rule_id, ref)
    ]
    return Table(domain.HISTORY, list(made))


@needs(Right.READ_FIGURES)
def coverage(workspace: Workspace, kind: str = "all") -> Coverage:
    """Return contacts of a kind (see `domain.quality.KINDS_OF_CONTACT`) by provider and month of discharge."""
    from kvalitetsapp.analysis.quality import deliveries
    from kvalitetsapp.domain.quality import CellState

    given = quality_frames.sources(workspace, rules())
    months = deliveries.by_month(given, kind)
    if months is None:
        return Coverage()
    rule = _rule(_SILENT_RULE)
    states: list[list[CellState]] = deliveries.states(months, _setting(workspace, rule)[1])
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    return Coverage(
        tuple((provider, names.get(provider, provider)) for provider in months.providers),
        tuple(months.name(column) for column in range(months.contacts.shape[1])),
        tuple(tuple(row) for row in months.contacts.tolist()),
        tuple(tuple(row) for row in months.with_amount.tolist()),
        tuple(tuple(row) for row in states),
        deliveries.month_text(months.complete),
    )


def _rule(rule_id: str) -> Rule:
    rule = rules().rule(rule_id)
    if rule is None:
        known = ", ".join(one.rule_id for one in rules().rules)
        raise InputError(_("Regeln {rule} finns inte. Välj bland {known}.").format(rule=rule_id, known=known))
    return rule


def _setting(workspace: Workspace, rule: Rule) -> tuple[bool, Limits]:
    """Return whether a rule is on and its limits; a limit that has come later has its default."""
    found = quality.settings(workspace.store).get(rule.rule_id)
    if found is None:
        return rule.enabled, rule.defaults()
    defaults = rule.defaults()
    return found.enabled, {name: found.limits.get(name, value) for name, value in defaults.items()}


def _state(workspace: Workspace, rule: Rule) -> RuleState:
    enabled, limits = _setting(workspace, rule)
    if not enabled:
        return RuleState(rule, enabled, limits, None, None, None)
    found = quality_frames.pointed_out(workspace, rules(), rule, limits)
    decisions = quality.standing(workspace.store, rule.rule_id)
    marks = _marks_of(found, decisions) if decisions else {}
    again = sum(mark != decisions[ref].fingerprint for ref, mark in marks.items() if _can_compare(workspace, rule))
    return RuleState(rule, enabled, limits, len(found) - len(marks) + again, len(marks) - again, again)


def _marks(workspace: Workspace, rule: Rule, refs: Sequence[str]) -> dict[str, str]:
    _enabled, limits = _setting(workspace, rule)
    return _marks_of(quality_frames.pointed_out(workspace, rules(), rule, limits), refs)


def _marks_of(found: DataFrame, refs: Sequence[str] | Mapping[str, Decision]) -> dict[str, str]:
    """Return the fingerprints of those of the references that are pointed out."""
    chosen = found[found["ref"].isin(list(refs))]
    return {str(ref): domain.fingerprint(facts) for ref, *facts in _plain(chosen, ("ref", *domain.FACTS))}


def _can_compare(workspace: Workspace, rule: Rule) -> bool:
    """Tell whether the user sees the facts as whoever decided saw them; a personal number may stand in a value."""
    return rule.origin is domain.Origin.ANALYSIS or access.may(workspace, Right.SEE_IDENTITIES)


def _row(ref: object, facts: Sequence[object], decision: Decision | None, *, compared: bool) -> Row:
    shown: list[Any] = [_cell(name, fact) for name, fact in zip(domain.FACTS, facts, strict=True)]
    if decision is None:
        return (str(ref), "", *shown, "", 0)
    again = int(compared and domain.fingerprint(facts) != decision.fingerprint)
    return (str(ref), decision.decision, *shown, decision.reason, again)


def _cell(name: str, fact: object) -> object:
    return fact if name in {"amount", "expected"} else "" if fact is None else fact


def _plain(found: DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    from kvalitetsapp.analysis import frames

    return frames.rows(found, names)


def _with_numbers(workspace: Workspace, rule_id: str, table: Table, persons: Sequence[Any]) -> Table:
    numbers = identities.personal_ids(workspace.store)
    told = ["" if person is None else numbers[int(person)] for person in persons]
    with workspace.action(
        "identities_disclosed", target=rule_id, detail=str(len(table.rows)), patients=filter(None, told)
    ):
        pass
    return Table((*table.columns, _PERSONAL_ID), [(*row, each) for row, each in zip(table.rows, told, strict=True)])


def _labels(workspace: Workspace, refs: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return names for providers, and for references that are no words of the field."""
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    about: dict[str, str] = {}
    numbers: dict[int, str] | None = None
    for ref in refs:
        first, _slash, rest = ref.partition("/")
        if first == "import":
            batch, _slash, row = rest.partition("/")
            text = _("Import {batch}, rad {row}") if row else _("Import {batch}")
            about[ref] = text.format(batch=batch, row=row)
        elif first == "person" and rest.isdecimal():
            numbers = identities.personal_ids(workspace.store) if numbers is None else numbers
            about[ref] = personal_identity.masked(numbers.get(int(rest), ""))
        elif first in names:
            about[ref] = f"{names[first]} {rest}".strip()
    return {"provider_id": {"": "", **names}, "ref": about}


def _moment(decision: Decision) -> str:
    return to_the_minute(decision.withdrawn_at or "")
