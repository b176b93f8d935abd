"""Roles, what each may do, and the words for both. Which role may do what is data: `resources/access/roles.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Role(StrEnum):
    """What someone works as in the store; a user may have several."""

    REVIEWER = "reviewer"
    FINANCE = "finance"
    ANALYST = "analyst"
    LOG_CONTROLLER = "log_controller"
    ADMINISTRATOR = "administrator"


# Who makes a store is alone in it until others are added, and can do everything; an analyst can do less than others.
FOUNDER: Final = frozenset({Role.REVIEWER, Role.FINANCE, Role.LOG_CONTROLLER, Role.ADMINISTRATOR})


class Right(StrEnum):
    """Something that not everyone may do."""

    READ_FIGURES = "read_figures"
    READ_ROWS = "read_rows"
    READ_PERSONS = "read_persons"
    READ_NARRATIVE = "read_narrative"
    READ_CLAIMS = "read_claims"
    SEE_IDENTITIES = "see_identities"
    REVIEW = "review"
    LEAD_REVIEW = "lead_review"
    ASK_PROVIDERS = "ask_providers"
    IMPORT = "import"
    UNDO_IMPORT = "undo_import"
    KEEP_QUALITY = "keep_quality"
    WRITE_AGREEMENTS = "write_agreements"
    SET_COSTS = "set_costs"
    PREPARE_CLAIMS = "prepare_claims"
    APPROVE_CLAIMS = "approve_claims"
    ISSUE_BASES = "issue_bases"
    DEFINE_INDICATORS = "define_indicators"
    KEEP_TABLES = "keep_tables"
    WRITE_PAPERS = "write_papers"
    MAKE_REPORTS = "make_reports"
    SIGN_REPORTS = "sign_reports"
    EXPORT = "export"
    EXPORT_IDENTIFIED = "export_identified"
    EXCHANGE = "exchange"
    READ_LOG = "read_log"
    CHECK_LOG = "check_log"
    DECIDE_RETENTION = "decide_retention"
    MANAGE_USERS = "manage_users"
    MANAGE_KEYS = "manage_keys"
    RESTORE = "restore"
    EXPORT_STORE = "export_store"
    BACK_UP = "back_up"
    CHECK_STORE = "check_store"


ROLE_WORDS: Final[dict[str, str]] = {
    Role.REVIEWER: N_("granskare"),
    Role.FINANCE: N_("ekonom"),
    Role.ANALYST: N_("analytiker"),
    Role.LOG_CONTROLLER: N_("loggkontrollant"),
    Role.ADMINISTRATOR: N_("administratör"),
}
RIGHT_WORDS: Final[dict[str, str]] = {
    Right.READ_FIGURES: N_("se nyckeltal, statistik och sammanställningar"),
    Right.READ_ROWS: N_("se listor över vårdtillfällen, operationer och kopplingar"),
    Right.READ_PERSONS: N_("öppna en patients sida"),
    Right.READ_NARRATIVE: N_("se granskningens svar och kommentarer"),
    Right.READ_CLAIMS: N_("se krav, underlag och betalningar"),
    Right.SEE_IDENTITIES: N_("se personnummer"),
    Right.REVIEW: N_("granska och besluta"),
    Right.LEAD_REVIEW: N_("skapa och stänga granskningsomgångar"),
    Right.ASK_PROVIDERS: N_("fråga vårdgivare och anteckna utlämnande"),
    Right.IMPORT: N_("läsa in filer och koppla"),
    Right.UNDO_IMPORT: N_("ångra en inläsning"),
    Right.KEEP_QUALITY: N_("bedöma datakvalitet och föra ihop personnummer"),
    Right.WRITE_AGREEMENTS: N_("skriva och intyga avtal"),
    Right.SET_COSTS: N_("ange kostnader för hand"),
    Right.PREPARE_CLAIMS: N_("bereda krav och föra in svar och betalningar"),
    Right.APPROVE_CLAIMS: N_("godkänna krav"),
    Right.ISSUE_BASES: N_("ställa ut underlag och kreditera"),
    Right.DEFINE_INDICATORS: N_("skriva egna indikatorer"),
    Right.KEEP_TABLES: N_("ändra egna tabeller och val av operationsfamiljer"),
    Right.WRITE_PAPERS: N_("skriva arbetspapper och protokoll"),
    Right.MAKE_REPORTS: N_("skriva rapporter"),
    Right.SIGN_REPORTS: N_("fastställa rapporter"),
    Right.EXPORT: N_("exportera utan personnummer"),
    Right.EXPORT_IDENTIFIED: N_("exportera med personnummer"),
    Right.EXCHANGE: N_("skapa och ta emot utbytespaket"),
    Right.READ_LOG: N_("läsa loggen"),
    Right.CHECK_LOG: N_("kontrollera loggen och signera kontrollen"),
    Right.DECIDE_RETENTION: N_("besluta om bevarande och gallring"),
    Right.MANAGE_USERS: N_("lägga till och ta bort användare"),
    Right.MANAGE_KEYS: N_("byta databasens nyckel och återställningsnyckel"),
    Right.RESTORE: N_("återställa från säkerhetskopia"),
    Right.EXPORT_STORE: N_("exportera hela databasen"),
    Right.BACK_UP: N_("göra säkerhetskopior"),
    Right.CHECK_STORE: N_("kontrollera databasen"),
}


@dataclass(frozen=True, slots=True)
class RoleMatrix:
    """Which role has which right."""

    granted: frozenset[tuple[Right, Role]]

    def allows(self, roles: Iterable[Role], right: Right) -> bool:
        """Tell whether one of `roles` has the right."""
        return any((right, role) in self.granted for role in roles)

    def roles_with(self, right: Right) -> tuple[Role, ...]:
        """Return the roles that have a right, in the order of roles."""
        return tuple(role for role in Role if (right, role) in self.granted)


def roles_in_words(roles: Iterable[Role]) -> str:
    """Return roles as people read them, in the order of roles, with commas between."""
    given = set(roles)
    return ", ".join(_(ROLE_WORDS[role]) for role in Role if role in given)
