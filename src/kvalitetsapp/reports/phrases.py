"""The Swedish of a report: codes as words, outcomes as phrases, and never a raw code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.imports import KindOfFile, finding_rules, finding_text
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import Head, Outcome

_KINDS: Final[dict[str, str]] = {
    KindOfFile.PROVIDERS: N_("Vårdgivare"),
    KindOfFile.PERSONS: N_("Personer"),
    KindOfFile.EPISODES: N_("Vårdkontakter"),
    KindOfFile.PROCEDURES: N_("Åtgärder"),
    KindOfFile.PROCEDURE_LIST: N_("Åtgärder i ordning"),
    KindOfFile.DIAGNOSES: N_("Diagnoser"),
    KindOfFile.COSTS: N_("Kostnader"),
    KindOfFile.ALIASES: N_("Hopförda nummer"),
    KindOfFile.VERDICTS: N_("Granskningsbeslut"),
    KindOfFile.REGISTER_OPERATIONS: N_("Operationer i ledregistret"),
    KindOfFile.WAITING: N_("Väntelistor"),
    KindOfFile.PROMS: N_("Patientenkäter"),
    KindOfFile.BENCHMARKS: N_("Publicerade värden"),
    KindOfFile.AGREEMENTS: N_("Avtal"),
}
_FLAGS: Final[dict[str, str]] = {
    "high_998": N_("Över 99,8 %"),
    "high_95": N_("Över 95 %"),
    "low_95": N_("Under 95 %"),
    "low_998": N_("Under 99,8 %"),
    "": N_("Inom"),
}
_LEVELS: Final[dict[str, str]] = {"reoperation": N_("Reoperation"), "revision": N_("Revision")}
_DERIVED_FINDINGS: Final[dict[str, str]] = {
    "repeat_primary": N_("Samma led och sida har fått en primäroperation mer än en gång"),
    "death_before_operation": N_("Dödsdatumet ligger före operationen"),
    "moved_before_operation": N_("Flyttdatumet ligger före operationen"),
}


def kind_of_file(kind: str) -> str:
    """Return what files of a kind hold."""
    return _(_KINDS[kind]) if kind in _KINDS else _("Övriga filer")


def finding(rule: str) -> str:
    """Return the sentence of a finding's rule."""
    if rule in _DERIVED_FINDINGS:
        return _(_DERIVED_FINDINGS[rule])
    return finding_text(rule) if rule in finding_rules() else _("Annat som ser fel ut")


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
    return _("{joint}operationer").format(joint=joint(code))


def prosthesis(code: str) -> str:
    """Return the operation of a joint in running text; "" is all of them."""
    if not code:
        return _("proteskirurgi i alla leder")
    return _("{joint}protes").format(joint=joint(code)) if code != "shoulder" else _("axelprotes")


def operations_of(head: Head) -> str:
    """Return the days of the first and last operation."""
    if not head.first_operation:
        return _("Inga operationer")
    return _("Operationer {first} till {last}").format(first=head.first_operation, last=head.last_operation)
