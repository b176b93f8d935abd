"""The access log as people read it: what is asked for, an entry in words, and the tables of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import audit_words, identity
from kvalitetsapp.domain.rights import RIGHT_WORDS, ROLE_WORDS
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.table import Row

PAGE: Final = 500
LOG: Final[tuple[Column, ...]] = (
    Column("happened_at", Kind.TEXT, N_("När")),
    Column("who", Kind.TEXT, N_("Vem")),
    Column("role", Kind.TEXT, N_("Roll")),
    Column("unit", Kind.TEXT, N_("Enhet")),
    Column("kind", Kind.CODE, N_("Slag"), "action_kind"),
    Column("action", Kind.CODE, N_("Åtgärd"), "audit_action"),
    Column("about", Kind.TEXT, N_("Vad")),
    Column("patient", Kind.TEXT, N_("Patient")),
    Column("patients", Kind.INTEGER, N_("Antal patienter")),
    Column("detail", Kind.TEXT, N_("Närmare")),
    Column("entry", Kind.INTEGER, N_("Post")),
)
EXTRACT: Final[tuple[Column, ...]] = (
    Column("happened_at", Kind.TEXT, N_("När")),
    Column("unit", Kind.TEXT, N_("Enhet")),
    Column("kind", Kind.CODE, N_("Slag"), "action_kind"),
    Column("action", Kind.CODE, N_("Åtgärd"), "audit_action"),
    Column("who", Kind.TEXT, N_("Vem")),
)
_LISTS: Final = {
    "index_ref": N_("Listan över primäroperationer eller krav"),
    "event_ref": N_("Listan över händelser"),
    "identity_pairs": N_("Möjliga dubbletter"),
    "review": N_("Granskningskön"),
    "episodes": N_("Vårdkontakter"),
    "missed-events": N_("Möjliga missade händelser"),
    "missed-judged": N_("Bedömda missade händelser"),
    "all-claims": N_("Krav"),
    "claims": N_("Ärenden"),
    "to-claim": N_("Att kräva"),
    "quality-rows": N_("Rader i datakvalitet"),
    "round-cases": N_("Omgångens ärenden"),
    "provider-questions": N_("Frågor till vårdgivare"),
    "disclosures": N_("Utlämnanden"),
    "identity-pairs": N_("Möjliga dubbletter"),
    "indicator-members": N_("Operationerna bakom ett tal"),
    "link-changes": N_("Ändrade kopplingar"),
    "missing-costs": N_("Händelser utan kostnad"),
    "claim-lines": N_("Kravets rader"),
    "issuing": N_("Rader att ställa ut"),
}


@dataclass(frozen=True, slots=True)
class LogQuery:
    """What is asked for of the log; an empty field narrows nothing. `last` is in."""

    patient: str = ""
    user: str = ""
    kind: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry as it stands in the log. `happened_at` is in UTC, `role` the codes of roles with blanks between."""

    entry: int
    happened_at: str
    who: str
    role: str
    unit: str
    action: str
    target: str
    detail: str
    patients: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return what kind of action it was, "" for one that this version does not know."""
        return audit_words.kind_of(self.action)

    @property
    def moment(self) -> str:
        """Return when it happened by the clock on the wall, to the second."""
        return on_the_wall(self.happened_at).strftime("%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, the latest first, how many there are in all, and the entry that the next page begins before."""

    entries: tuple[LogEntry, ...]
    total: int
    before: int | None

    def table(self, names: Mapping[str, str], patient: str = "") -> Table:
        """Return the entries as rows of `LOG`."""
        return log_table(self.entries, names, patient)


def on_the_wall(moment: str) -> datetime:
    """Return a stored moment by the clock on the wall."""
    return datetime.fromisoformat(moment).astimezone()


def stored_from(day: date) -> str:
    """Return the first moment of a day as the log has it."""
    return datetime.combine(day, time.min).astimezone(UTC).isoformat(timespec="seconds")


def stored_until(day: date) -> str:
    """Return the first moment after a day as the log has it."""
    return stored_from(day + timedelta(days=1))


def log_table(entries: Iterable[LogEntry], names: Mapping[str, str], patient: str = "") -> Table:
    """Return entries as rows of `LOG`; `names` are those of providers, `patient` the number to show before others."""
    return Table(LOG, [_row(one, names, patient) for one in entries])


def extract_table(entries: Iterable[LogEntry], *, with_names: bool) -> Table:
    """Return what a patient gets of entries, the latest first: without the staff's names unless asked for."""
    columns = EXTRACT if with_names else tuple(one for one in EXTRACT if one.name != "who")
    rows = ((one.moment[:16], one.unit, one.kind, one.action, one.who) for one in entries)
    return Table(columns, [row[: len(columns)] for row in rows])


def about(entry: LogEntry, names: Mapping[str, str]) -> str:
    """Return in words what an entry was about, as far as the words are known."""
    target = entry.target
    match entry.action:
        case "refused":
            return _(RIGHT_WORDS.get(target, target))
        case "rows_copied" | "identities_disclosed" if target in _LISTS:
            return _(_LISTS[target])
        case "log_checked" | "log_check_printed":
            return _("Loggkontroll nr {number}").format(number=target)
        case "log_sampled":
            return word("sample_choice", target)
        case "retention_decided":
            return word("retention_kind", target)
    if target.startswith("payment/"):
        return _("Betalning nr {number}").format(number=target.removeprefix("payment/"))
    return names.get(target, target)


def patients_in_words(patients: tuple[str, ...], shown: str = "", *, mask: bool = True) -> str:
    """Return the patients of an entry: one of them (`shown` where it is one), and how many others."""
    if not patients:
        return ""
    first = shown if shown in patients else patients[0]
    told = identity.masked(first) if mask else first
    others = len(patients) - 1
    if not others:
        return told
    more = ngettext("och {n} till", "och {n} till", others).format(n=number(others))
    return f"{told} {more}"


def roles_in_words(codes: str) -> str:
    """Return the roles of an entry as people read them."""
    given = set(codes.split())
    return ", ".join(_(told) for role, told in ROLE_WORDS.items() if role in given)


def _row(entry: LogEntry, names: Mapping[str, str], patient: str) -> Row:
    return (
        *(entry.moment, entry.who, roles_in_words(entry.role), entry.unit, entry.kind, entry.action),
        *(about(entry, names), patients_in_words(entry.patients, patient), len(entry.patients)),
        *(identity.hidden(entry.detail), entry.entry),
    )
