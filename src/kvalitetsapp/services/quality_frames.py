"""What the rules of data quality are given, and what they point out, worked out once for each state of the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import identity as personal_identity
from kvalitetsapp.domain.imports import KINDS_OF_PERSONS, KindOfFile, shown_value
from kvalitetsapp.domain.quality import Origin, QualityRules
from kvalitetsapp.services.frames_of_store import StoreFrames
from kvalitetsapp.store import identities, number_facts, persons, quality
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pandas import DataFrame

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.quality import Limits, Rule
    from kvalitetsapp.services.workspace import Workspace

_KEPT = "quality"
_LARGE = 200_000  # episodes
_OF_EPISODES = frozenset(
    {
        *(KindOfFile.EPISODES, KindOfFile.PROCEDURES, KindOfFile.PROCEDURE_LIST),
        *(KindOfFile.DIAGNOSES, KindOfFile.COSTS, KindOfFile.VERDICTS),
    }
)


@dataclass
class QualityFrames(StoreFrames):
    """Frames over a store with what only rules of data quality look at; shapes in `analysis/quality/found.py`."""

    workspace: Workspace
    rules: QualityRules

    @cached_property
    def prices(self) -> DataFrame:
        """Return PRICES."""
        from kvalitetsapp.analysis import frames
        from kvalitetsapp.analysis.quality import found

        return frames.frame(found.PRICES, quality.price_columns(self.store))

    @cached_property
    def numbers(self) -> DataFrame:
        """Return PERSON_NUMBERS."""
        from kvalitetsapp.analysis import frames
        from kvalitetsapp.analysis.quality import found

        columns = persons.columns(self.store)
        same = identities.same_person(self.store)
        sex, born = number_facts.columns(self.store)
        told: dict[str, list[Any]] = {
            **columns,
            "person": [same.get(each, each) for each in columns["identity"]],
            "number_sex": sex,
            "number_birth": born,
        }
        return frames.frame(found.PERSON_NUMBERS, told)

    @property
    def code_tables(self) -> CodeTables:
        """Return the code tables."""
        return self.workspace.code_tables

    @property
    def sites(self) -> Mapping[str, Sequence[str]]:
        """Return the beginnings of main diagnoses that belong to a joint."""
        return self.rules.sites


@dataclass
class Kept:
    """What rules have pointed out in the state of the store that `mark` names."""

    mark: int
    sources: QualityFrames | None = None
    found: dict[tuple[str, tuple[tuple[str, int], ...]], DataFrame] = field(default_factory=dict)


def kept(workspace: Workspace) -> Kept:
    """Return what is known of the store as it stands, nothing where it has changed since."""
    mark = quality.facts_mark(workspace.store)
    known = workspace.kept.get(_KEPT)
    if not isinstance(known, Kept) or known.mark != mark:
        known = workspace.kept[_KEPT] = Kept(mark)
    return known


def sources(workspace: Workspace, rules: QualityRules) -> QualityFrames:
    """Return frames over the store as it stands, those that have been read already among them."""
    known = kept(workspace)
    if known.sources is None:
        known.sources = QualityFrames(workspace.store, workspace, rules)
    return known.sources


def let_go_if_large(workspace: Workspace) -> None:
    """Forget frames that take much room, and keep what came out of them."""
    known = kept(workspace)
    if known.sources is not None and len(known.sources.episodes) > _LARGE:
        known.sources = None


def pointed_out(workspace: Workspace, rules: QualityRules, rule: Rule, limits: Limits) -> DataFrame:
    """Return what a rule points out, before anyone's decision, as FOUND of `analysis/quality/found.py`."""
    known = kept(workspace)
    key = (rule.rule_id, tuple(sorted(limits.items())))
    if key not in known.found:
        found = _work_out(sources(workspace, rules), rule, limits)
        known.found[key] = found.sort_values("ref", kind="stable", ignore_index=True)
    return known.found[key]


def _work_out(given: QualityFrames, rule: Rule, limits: Limits) -> DataFrame:
    from kvalitetsapp.analysis.quality import noted, registry

    if rule.origin is Origin.ANALYSIS:
        return registry.FUNCTIONS[rule.rule_id](given, limits)
    told = _rejected(given, rule) if rule.origin is Origin.REJECTS else _noted(given, rule.rule_id)
    return noted.rows(given, told)


def _noted(given: QualityFrames, rule: str) -> list[tuple[str, ...]]:
    """Return what imports and the link run noted, one row per reference."""
    rows = quality.noted(given.store, rule)
    numbers: dict[str, int] = {}
    if any(kind in KINDS_OF_PERSONS for *_rest, kind in rows):
        numbers = identities.known(given.store, (ref for ref, *_rest, kind in rows if kind in KINDS_OF_PERSONS))
    told: dict[str, list[str]] = {}
    places: dict[str, tuple[str, str, str]] = {}
    for ref, column, value, batch, kind in rows:
        if batch is None:
            later, _space, earlier = value.partition(" ")
            told[later], places[later] = [later], (ref, "", earlier)
            continue
        known, contact, provider = _place(ref, batch, kind, numbers)
        shown = shown_value(column, value)
        told.setdefault(known, []).append(shown)
        places[known] = (contact, provider, "")
    return [
        (ref, places[ref][0], places[ref][1], "" if places[ref][2] else ", ".join(values), places[ref][2], "")
        for ref, values in told.items()
    ]


def _place(ref: str, batch: int, kind: str, numbers: Mapping[str, int]) -> tuple[str, str, str]:
    """Return what a finding is about, the episode to look at and the provider."""
    if not ref:
        return f"import/{batch}", "", ""
    if kind in KINDS_OF_PERSONS:
        return (f"person/{numbers[ref]}" if ref in numbers else f"import/{batch}"), "", ""
    return ref, ref if kind in _OF_EPISODES else "", ref if kind == KindOfFile.PROVIDERS else ""


def _rejected(given: QualityFrames, rule: Rule) -> list[tuple[str, ...]]:
    """Return the rejected rows whose code the rule names; without codes those that no other rule names."""
    taken = {code for other in given.rules.rules for code in other.codes}
    told: list[tuple[str, ...]] = []
    for batch, row, column, value, code, reason, _kind, file in quality.rejected(given.store):
        if (code in rule.codes) if rule.codes else (code not in taken):
            shown = shown_value(column, value)
            note = _("{file}, rad {row}: {reason}").format(file=file, row=row, reason=personal_identity.hidden(reason))
            told.append((f"import/{batch}/{row}", "", "", shown, "", note))
    return told
