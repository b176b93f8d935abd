"""Families of procedures: the joints that get prostheses, and whatever else is followed through the same tables.

A family is data (`resources/families`, decision 0033): a file that says what it is called, whether it has sides and
where its codes lie. Like the catalogue of texts the families are read once and hold for the whole process, for their
words are asked for everywhere; which of them a store follows is the store's own (`services/families.py`).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp import settings
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ROOM: Final = 16
"""How many families there can be: their numbers are part of the numbers of index operations in a store."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of procedures; `family` is what stands in every column `joint`.

    `number` (from 0) never changes, since stores keep it. `name` stands alone in a column, `operations` and
    `operation` in running text, `method` among the definitions of a report (may be ""). `codes` are folders below
    `resources` with code tables. `diagnoses` are beginnings of diagnosis codes that are about this family alone,
    `site_letters` the fifth characters by which ICD-10-SE says where in the body a disease is.
    """

    family: str
    number: int
    name: str
    operations: str
    operation: str
    method: str
    has_sides: bool
    from_start: bool
    codes: tuple[str, ...]
    diagnoses: tuple[str, ...]
    site_letters: tuple[str, ...]


@cache
def known() -> tuple[Family, ...]:
    """Return all families that there are, in the order of their numbers.

    Raises:
        InputError: a family's file is missing or cannot be read, or two have the same number.
    """
    return read(settings.resources_dir() / "families")


def read(folder: Path) -> tuple[Family, ...]:
    """Return the families of a folder, in the order of their numbers.

    Raises:
        InputError: there is none, one cannot be read, or two have the same number.
    """
    found = sorted((_family(path) for path in sorted(folder.glob("*.toml"))), key=lambda one: one.number)
    if not found:
        raise _fault(folder.name)
    for one, other in pairwise(found):
        if one.number == other.number:
            raise _fault(f"{other.family}.toml")
    return tuple(found)


def ids() -> tuple[str, ...]:
    """Return what stands in columns `joint`, in the order of the families."""
    return tuple(one.family for one in known())


def from_start() -> tuple[str, ...]:
    """Return the families that every store follows."""
    return tuple(one.family for one in known() if one.from_start)


def of(family: str) -> Family | None:
    """Return a family, None where there is none of that name."""
    return next((one for one in known() if one.family == family), None)


def name(family: str) -> str:
    """Return what a family is called, alone in a column; an unknown one stands as it is."""
    found = of(family)
    return family if found is None else found.name


def in_words(names: Sequence[str]) -> str:
    """Return families as they stand in running text: `höft, knä och axel`."""
    told = [name(one).lower() for one in names]
    return told[0] if len(told) == 1 else _("{first} och {last}").format(first=", ".join(told[:-1]), last=told[-1])


def has_sides(family: str) -> bool:
    """Tell whether operations of a family have a side; what is not known has."""
    found = of(family)
    return found is None or found.has_sides


def pool_of(family: str) -> int:
    """Return a number that families share that are counted together as a matter of course: 0 for those of every store.

    Figures of others pool what cannot be compared: who they are operated on, what is done and what may go wrong.
    """
    found = of(family)
    return ROOM if found is None else 0 if found.from_start else found.number + 1


def are_pooled(families: Iterable[str]) -> bool:
    """Tell whether a figure of all these families pools what is not counted together as a matter of course."""
    return len({pool_of(family) for family in families}) > 1


def folders(families: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of code tables that these families need, each once."""
    return tuple(dict.fromkeys(folder for family in families if (one := of(family)) for folder in one.codes))


def _family(path: Path) -> Family:
    try:
        return _of_document(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        raise _fault(path.name) from None


def _of_document(family: str, told: dict[str, Any]) -> Family:
    number, words = int(told["number"]), told["words"]
    if told["family"] != family or not 0 <= number < ROOM:
        raise ValueError(family)
    return Family(
        family=family,
        number=number,
        name=str(words["name"]),
        operations=str(words["operations"]),
        operation=str(words["operation"]),
        method=str(words.get("method", "")),
        has_sides=bool(told["has_sides"]),
        from_start=bool(told["from_start"]),
        codes=_texts(told["codes"]),
        diagnoses=_texts(told.get("diagnoses", ())),
        site_letters=_texts(told.get("site_letters", ())),
    )


def _texts(told: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(each) for each in told)


def _fault(file: str) -> InputError:
    told = _("Operationsfamiljen {file} saknas eller är skadad. Installera om programmet.")
    return InputError(told.format(file=file))
