"""Codes that cannot be, joints and sides that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.coding import JOINTS
from kvalitetsapp.analysis.columns import among, texts
from kvalitetsapp.analysis.procedures import rows_of
from kvalitetsapp.analysis.quality.found import in_one, made, nothing, of_episodes
from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import Role, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Ints, Texts
    from kvalitetsapp.analysis.quality.found import Sources
    from kvalitetsapp.domain.codes import CodeTables

_SITES: Final = frozenset(one.family for one in families.known() if one.has_sides)
"""The families that are about one place in the body, which a diagnosis can contradict."""
_ON_A_PROSTHESIS: Final = frozenset({Role.PRIMARY, Role.REVISION, Role.ADDITION, Role.EXTRACTION})
_RIGHT: Final = 1
_LEFT: Final = 2
_BOTH: Final = 4
_SIDE_BITS: Final = {Side.RIGHT: _RIGHT, Side.LEFT: _LEFT, Side.BOTH: _BOTH}


def unknown_code(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes with a code that is in no table; the tables carry no dates, only their edition."""
    episodes, tables = sources.episodes, sources.code_tables
    procedures = _Union(tables.procedure_titles, tables.laterality, tables.procedure_roles)
    strange = [
        _of_distinct(episodes["main_diagnosis"], lambda text: _missing(text, tables.diagnosis_titles)),
        _of_distinct(episodes["other_diagnoses"], lambda text: _missing(text, tables.diagnosis_titles)),
        _of_distinct(episodes["procedures"], lambda text: _missing(text, procedures)),
    ]
    detailed = _of_distinct(sources.details["code"], lambda text: _missing(text, procedures))
    of_detail = np.flatnonzero(detailed != "")
    place = rows_of(episodes, sources.details["episode"].to_numpy()[of_detail])
    rows = [np.flatnonzero(each != "") for each in strange] + [place]
    told = [each[each != ""] for each in strange] + [detailed[of_detail]]
    every, codes = np.concatenate(rows), np.concatenate(told)
    kept = every >= 0
    distinct, group = np.unique(every[kept], return_inverse=True)
    value = np.array(in_one(codes[kept], group, len(distinct)), dtype=object)
    return of_episodes(episodes, distinct, value=value)


def no_diagnosis(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes without a main diagnosis."""
    episodes = sources.episodes
    return of_episodes(episodes, np.flatnonzero(among(episodes["main_diagnosis"], "")))


def joint_contradicts_diagnosis(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes whose surgery on a prosthesis is on a joint that none of their diagnoses of a joint names."""
    episodes, tables = sources.episodes, sources.code_tables
    joints = _Joints(tables, sources.sites)
    operated = _of_distinct(episodes["procedures"], lambda text: joints.operated(text, _ON_A_PROSTHESIS))
    told = _of_distinct(episodes["main_diagnosis"], joints.named) | _of_distinct(
        episodes["other_diagnoses"], joints.named
    )
    rows = np.flatnonzero((operated != 0) & (told != 0) & ((operated & told) == 0))
    chosen = episodes.iloc[rows]
    diagnoses = [
        " ".join(code for code in f"{main} {other}".split() if joints.named(code))
        for main, other in zip(texts(chosen["main_diagnosis"]), texts(chosen["other_diagnoses"]), strict=True)
    ]
    return of_episodes(
        episodes,
        rows,
        value=_kept(chosen["procedures"], lambda code: bool(joints.operated(code, _ON_A_PROSTHESIS))),
        against=np.array(diagnoses, dtype=object),
    )


def side_missing(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return index operations whose side nothing tells (R1)."""
    operations = sources.index_operations
    unknown = operations[cohorts.side_missing(operations)]
    return of_operations(sources, unknown, value=texts(unknown["procedure_code"]))


def side_codes_contradict(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes that are coded both right and left but hold one procedure on a joint."""
    episodes, tables = sources.episodes, sources.code_tables
    contradict = _of_distinct(episodes["procedures"], lambda text: int(_is_contradiction(text, tables)))
    rows = np.flatnonzero(contradict)
    value = _kept(episodes["procedures"].iloc[rows], lambda code: code in tables.laterality)
    against = _kept(episodes["procedures"].iloc[rows], lambda code: code in tables.procedure_roles)
    return of_episodes(episodes, rows, value=value, against=against)


def side_differs(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes whose only laterality code tells another side than the `procedures` file does (R1)."""
    episodes, details, tables = sources.episodes, sources.details, sources.code_tables
    if not len(episodes):
        return nothing()
    coded = _of_distinct(episodes["procedures"], lambda text: _side_bits(text, tables))
    said = _of_distinct(details["side"], lambda text: _SIDE_BITS.get(Side(text), 0) if text else 0)
    place = rows_of(episodes, details["episode"].to_numpy())
    one_side = np.isin(coded, list(_SIDE_BITS.values()))
    wrong = np.flatnonzero((place >= 0) & (said != 0) & one_side[place] & (said != coded[place]))
    distinct, first = np.unique(place[wrong], return_index=True)
    at = wrong[first]
    value = texts(details["side"].iloc[at])
    against = _kept(episodes["procedures"].iloc[distinct], lambda code: code in tables.laterality)
    return of_episodes(episodes, distinct, value=_in_swedish(value), against=against)


def of_operations(sources: Sources, operations: pd.DataFrame, **columns: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return FOUND for rows of an INDEX_OPERATIONS frame, known by the operation's reference."""
    episodes = sources.episodes
    place = rows_of(episodes, operations["episode"].to_numpy())
    return made(
        operations["index_ref"].to_numpy(dtype=object),
        contact=episodes["episode_ref"].to_numpy(dtype=object)[place],
        person=operations["person"].to_numpy(),
        provider_id=texts(operations["provider_id"]),
        day=operations["operated_on"].to_numpy(),
        **columns,
    )


def surgery(sources: Sources) -> Ints:
    """Return for each episode the bits of the joints that any procedure with a role is on."""
    joints = _Joints(sources.code_tables, {})
    bits = _of_distinct(sources.episodes["procedures"], lambda text: joints.operated(text, frozenset(Role)))
    return np.asarray(bits, dtype=np.int64)


class _Union:
    """Codes of several tables."""

    def __init__(self, *tables: Collection[str]) -> None:
        self._tables = tables

    def __contains__(self, code: object) -> bool:
        return any(code in table for table in self._tables)


class _Joints:
    """Which joints codes name, as bits."""

    def __init__(self, tables: CodeTables, sites: Mapping[str, Sequence[str]]) -> None:
        self._roles = tables.procedure_roles
        diagnoses = [one for one in tables.complication_diagnoses if one.joint in _SITES]
        named = [(one.code, one.prefix, one.joint) for one in diagnoses]
        self._exact = {code: joint for code, prefix, joint in named if not prefix}
        self._beginnings = [(code, joint) for code, prefix, joint in named if prefix]
        self._beginnings += [(code, joint) for joint, codes in sites.items() for code in codes]
        self._known: dict[str, int] = {}

    def operated(self, text: str, roles: Collection[Role]) -> int:
        """Return the joints of procedures of these roles."""
        known = (self._roles[code] for code in text.split() if code in self._roles)
        return _bits(one.joint for one in known if one.role in roles)

    def named(self, text: str) -> int:
        """Return the joints that diagnoses name by their site."""
        bits = 0
        for code in text.split():
            if code not in self._known:
                joints = {joint for start, joint in self._beginnings if code.startswith(start)}
                self._known[code] = _bits(joints | ({self._exact[code]} if code in self._exact else set()))
            bits |= self._known[code]
        return bits


def _bits(joints: Any) -> int:  # noqa: ANN401 - any iterable of joints
    return sum(1 << JOINTS.index(joint) for joint in set(joints))


def _missing(text: str, known: Any) -> str:  # noqa: ANN401 - anything that tells what it contains
    return " ".join(code for code in text.split() if code not in known)


def _side_bits(text: str, tables: CodeTables) -> int:
    bits = 0
    for code in text.split():
        if code in tables.laterality:
            bits |= _SIDE_BITS[Side(tables.laterality[code])]
    return bits


def _is_contradiction(text: str, tables: CodeTables) -> bool:
    joints = sum(code in tables.procedure_roles and _is_of_a_side(code, tables) for code in text.split())
    return joints == 1 and _side_bits(text, tables) & (_RIGHT | _LEFT) == _RIGHT | _LEFT


def _is_of_a_side(code: str, tables: CodeTables) -> bool:
    return families.has_sides(tables.procedure_roles[code].joint)


def _of_distinct(column: pd.Series[Any], answer: Callable[[str], Any]) -> Any:  # noqa: ANN401 - texts or numbers
    """Return what `answer` says of every row of a category column, asked once per distinct text."""
    answers = [answer(str(value)) for value in column.cat.categories]
    answers.append(answer(""))
    kind = object if isinstance(answers[-1], str) else np.int64
    return np.array(answers, dtype=kind)[column.cat.codes.to_numpy()]


def _kept(column: pd.Series[Any], wanted: Callable[[str], bool]) -> Texts:
    """Return the codes of each row that are wanted."""
    known: dict[str, str] = {}
    for text in set(texts(column).tolist()):
        known[text] = " ".join(code for code in text.split() if wanted(code))
    return np.array([known[text] for text in texts(column).tolist()], dtype=object)


def _in_swedish(sides: Texts) -> Texts:
    from kvalitetsapp.domain.words import word

    return np.array([word("side", side) for side in sides.tolist()], dtype=object)
