"""The Swedish of a report: codes as words, outcomes as phrases, and never a raw code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.imports import KindOfFile, finding_text, kind_text
from kvalitetsapp.domain.waiting_report import ListsHead
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.reports.tables import words
from kvalitetsapp.texts import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.report_data import Head, Outcome
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.tables import Column

_FLAGS: Final[dict[str, str]] = {
    "high_998": N_("Över 99,8 %"),
    "high_95": N_("Över 95 %"),
    "low_95": N_("Under 95 %"),
    "low_998": N_("Under 99,8 %"),
    "": N_("Inom"),
}
_SHORT_WORD: Final = 6
_WEIGHT_OF_LETTER: Final = 0.07
_LEVELS: Final[dict[str, str]] = {"reoperation": N_("Reoperation"), "revision": N_("Revision")}


def kind_of_file(kind: str) -> str:
    """Return what files of a kind hold."""
    return kind_text(kind) if kind in set(KindOfFile) else _("Övriga filer")


def finding(rule: str) -> str:
    """Return the sentence of a finding's rule."""
    told = finding_text(rule)
    return told if told != rule else _("Annat som ser fel ut")


def within(days: int) -> str:
    """Return a follow-up time as people say it."""
    return _("inom två år") if days == DAYS_TWO_YEARS else _("inom {days} dagar").format(days=days)


def outcome(one: Outcome) -> str:
    """Return what an outcome counts."""
    return _("{level} {within}").format(level=_(_LEVELS[one.level]), within=within(one.within))


def flag(one: Outcome) -> str:
    """Return where an outcome lies against the prediction limits, if it is compared with anything."""
    if not one.compared:
        return _("Jämförs inte")
    if one.share.n == 0:
        return _("Ingen uppföljd")
    return _(_FLAGS[one.flag])


def joint(code: str) -> str:
    """Return a joint in running text."""
    return word("joint", code).lower()


def operations(code: str) -> str:
    """Return the operations of a joint in running text."""
    found = families.of(code)
    return joint(code) if found is None else found.operations


def prosthesis(code: str) -> str:
    """Return the operation of a joint in running text; "" is all of them."""
    if not code:
        return _("proteskirurgi i alla leder")
    found = families.of(code)
    return joint(code) if found is None else found.operation


def all_of_them(joints: Iterable[str]) -> str:
    """Return what stands for all these joints together, in running text."""
    return _("alla leder") if all(families.has_sides(one) for one in joints) else _("alla operationer")


def in_any_of_them(joints: Iterable[str]) -> str:
    """Return what stands for any of these joints, in running text."""
    return _("i någon led") if all(families.has_sides(one) for one in joints) else _("för något slags operation")


def joint_column(joints: Iterable[str], weight: float) -> Column:
    """Return a column of joints, as wide as `weight` says where their words are those of joints."""
    shown = tuple(joints)
    heading = _("Led") if all(families.has_sides(one) for one in shown) else _("Slag")
    longest = max((len(word("joint", one)) for one in shown), default=0)
    return words(heading, weight + _WEIGHT_OF_LETTER * max(0, longest - _SHORT_WORD))


def operations_of(head: Head) -> str:
    """Return the days of the first and last operation, or the months of lists."""
    if isinstance(head, ListsHead):
        return _("Väntelistor {first} till {last}").format(first=head.first_operation, last=head.last_operation)
    if not head.first_operation:
        return _("Inga operationer")
    return _("Operationer {first} till {last}").format(first=head.first_operation, last=head.last_operation)


def joint_and_side(joint_code: str, side_code: str) -> str:
    """Return where on the body, as `Höft, höger`."""
    return _("{joint}, {side}").format(joint=word("joint", joint_code), side=word("side", side_code).lower())


def at_provider(name: str) -> str:
    """Return where somebody was operated on; "" is nowhere known."""
    return name or _("Ingen känd operation")


def time_used(seconds: int) -> str:
    """Return a time as people say it, minutes from one and hours from one."""
    if seconds < 60:
        return _("{n} s").format(n=seconds)
    hours, minutes = divmod((seconds + 30) // 60, 60)
    if not hours:
        return _("{n} min").format(n=minutes)
    return _("{hours} tim {minutes} min").format(hours=hours, minutes=minutes)


def events(count: int, cells: Cells, name: tuple[str, ...] = ()) -> str:
    """Return a number of events with its word; `name` is what the ledger of the report calls it."""
    shown = cells.at(name, count)
    return ngettext("{n} händelse", "{n} händelser", _plural(count, shown, cells)).format(n=shown)


def cases(count: int, cells: Cells, name: tuple[str, ...] = ()) -> str:
    """Return a number of cases with its word; `name` is what the ledger of the report calls it."""
    shown = cells.at(name, count)
    return ngettext("{n} ärende", "{n} ärenden", _plural(count, shown, cells)).format(n=shown)


def _plural(count: int, shown: str, cells: Cells) -> int:
    """Return what decides the word; a hidden number is several, so that the word does not tell it."""
    return cells.largest_small if cells.is_hidden(shown) else count
