"""The words of the access log: every action that leaves an entry, its kind, and what a control of it comes to."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kvalitetsapp.texts import N_


class ActionKind(StrEnum):
    """What an action is to the log controller."""

    READ = "read"
    DECIDE = "decide"
    CLAIM = "claim"
    DISCLOSE = "disclose"
    PRINT = "print"
    EXPORT = "export"
    COPY = "copy"
    CHANGE = "change"
    PROTECT = "protect"
    CONTROL = "control"
    REFUSED = "refused"


class LogFinding(StrEnum):
    """What a log controller found of an entry."""

    JUSTIFIED = "justified"
    UNCLEAR = "unclear"
    UNJUSTIFIED = "unjustified"


class LogOutcome(StrEnum):
    """What a check of the log came to."""

    NOTHING_FOUND = "nothing_found"
    FOLLOW_UP = "follow_up"
    BREACH = "breach"


class SampleChoice(StrEnum):
    """Which entries a sample is drawn from."""

    ANY = "any"
    READINGS = "readings"
    READ_ONLY = "read_only"
    OFF_HOURS = "off_hours"
    PATIENTS = "patients"


_OF_KIND: Final[dict[ActionKind, dict[str, str]]] = {
    ActionKind.READ: {
        "case_read": N_("Läste ett ärende i granskningen"),
        "episode_read": N_("Läste en vårdkontakt"),
        "missed_case_read": N_("Läste en möjlig missad händelse"),
        "claim_read": N_("Läste ett krav"),
        "cost_read": N_("Läste en händelses kostnader"),
        "identities_compared": N_("Jämförde två personnummer"),
        "waiting_read": N_("Läste rader ur en väntelista"),
        "exchange_conflict_read": N_("Läste en konflikt i ett utbyte"),
    },
    ActionKind.DECIDE: {
        "verdict_given": N_("Beslutade om en händelse"),
        "verdict_withdrawn": N_("Tog tillbaka ett beslut"),
        "verdict_restored": N_("Lät ett beslut gälla igen"),
        "first_answer_given": N_("Gav ett första svar"),
        "first_answer_withdrawn": N_("Tog tillbaka ett första svar"),
        "first_answer_restored": N_("Lät ett första svar gälla igen"),
        "missed_event_decided": N_("Beslutade om en möjlig missad händelse"),
        "missed_event_withdrawn": N_("Tog tillbaka ett beslut om en missad händelse"),
        "identities_joined": N_("Förde ihop två personnummer"),
        "identities_told_apart": N_("Höll isär två personnummer"),
        "identities_proposed_again": N_("Lät två personnummer föreslås igen"),
        "exchange_settled": N_("Avgjorde en konflikt i ett utbyte"),
        "quality_decided": N_("Beslutade om rader med fel eller varning"),
        "quality_withdrawn": N_("Ångrade ett beslut om rader"),
        "manual_cost_entered": N_("Fyllde i en kostnad"),
        "manual_cost_withdrawn": N_("Tog bort en ifylld kostnad"),
        "manual_cost_restored": N_("Lät en ifylld kostnad gälla igen"),
    },
    ActionKind.CLAIM: {
        "claims_drafted": N_("Gjorde utkast till krav"),
        "claims_withdrawn": N_("Drog tillbaka krav"),
        "claims_approved": N_("Godkände krav"),
        "claims_returned": N_("Lämnade tillbaka krav till utkast"),
        "claim_changed": N_("Ändrade ett krav"),
        "claim_step": N_("Förde in ett steg i ett krav"),
        "correction_left": N_("Lät en avvikelse i ett krav vara"),
        "correction_taken_up": N_("Tog upp en avvikelse i ett krav igen"),
        "basis_issued": N_("Ställde ut ett underlag"),
        "credit_note_issued": N_("Ställde ut ett kreditunderlag"),
        "legal_number_noted": N_("Antecknade ett fakturanummer"),
        "payment_recorded": N_("Förde in en betalning"),
        "payment_placed": N_("Placerade en betalning"),
        "payment_unplaced": N_("Tog bort en placering av en betalning"),
        "payment_withdrawn": N_("Tog tillbaka en betalning"),
        "payments_imported": N_("Läste in betalningar"),
        "reminder_registered": N_("Antecknade en påminnelse"),
    },
    ActionKind.DISCLOSE: {
        "question_asked": N_("Ställde en fråga till en vårdgivare"),
        "question_answered": N_("Förde in svaret på en fråga"),
        "answer_corrected": N_("Rättade svaret på en fråga"),
        "question_closed": N_("Avslutade en fråga"),
        "question_withdrawn": N_("Tog tillbaka en fråga"),
        "deadline_changed": N_("Ändrade svarsdagen för en fråga"),
        "disclosure_logged": N_("Antecknade ett utlämnande"),
        "basis_sent": N_("Antecknade ett underlag som skickat"),
        "report_handed_out": N_("Lämnade ut en fastställd rapport"),
        "log_extracted": N_("Lämnade ut en patients loggutdrag"),
    },
    ActionKind.PRINT: {
        "protocol_made": N_("Skrev ett granskningsprotokoll"),
        "case_annex_made": N_("Skrev en ärendebilaga"),
        "basis_files_written": N_("Skrev filerna till ett underlag"),
        "reminder_written": N_("Skrev en påminnelse"),
        "report_made": N_("Skrev en rapport"),
        "log_check_printed": N_("Skrev ut en loggkontroll"),
    },
    ActionKind.EXPORT: {
        "identities_disclosed": N_("Tog ut en lista med personnummer"),
        "protocol_workbook_made": N_("Skrev ett granskningsprotokoll som Excel-fil"),
        "agreements_exported": N_("Exporterade avtal"),
        "chart_exported": N_("Exporterade ett diagram"),
        "indicators_exported": N_("Exporterade indikatorer"),
        "table_exported": N_("Exporterade en egen tabell"),
        "exchange_made": N_("Skapade ett utbytespaket"),
    },
    ActionKind.COPY: {"rows_copied": N_("Kopierade rader ur en tabell")},
    ActionKind.CHANGE: {
        "file_imported": N_("Läste in en fil"),
        "files_imported": N_("Läste in flera filer"),
        "import_undone": N_("Ångrade en inläsning"),
        "exchange_read": N_("Öppnade ett utbytespaket"),
        "exchange_taken": N_("Tog emot ett utbytespaket"),
        "links_run": N_("Kopplade på nytt"),
        "agreement_made": N_("Skrev ett avtal"),
        "agreement_changed": N_("Ändrade ett avtal"),
        "agreement_verified": N_("Intygade ett avtal"),
        "agreement_ended": N_("Avslutade ett avtal"),
        "billing_rules_changed": N_("Ändrade faktureringens regler"),
        "receiver_changed": N_("Ändrade en mottagare"),
        "filter_saved": N_("Sparade ett filter"),
        "filter_renamed": N_("Bytte namn på ett filter"),
        "filter_deleted": N_("Tog bort ett filter"),
        "family_followed": N_("Började följa en operationsfamilj"),
        "family_unfollowed": N_("Slutade följa en operationsfamilj"),
        "follow_up_rule_set": N_("Ändrade regeln för uppföljande kontakter"),
        "review_priority_set": N_("Ändrade granskningens poäng"),
        "quality_rule_set": N_("Ändrade en regel för datakvalitet"),
        "review_round_created": N_("Skapade en granskningsomgång"),
        "review_round_closed": N_("Stängde en granskningsomgång"),
        "review_round_discarded": N_("Tog bort en granskningsomgång"),
        "indicator_added": N_("Skrev en indikator"),
        "indicator_changed": N_("Ändrade en indikator"),
        "indicator_withdrawn": N_("Drog tillbaka en indikator"),
        "indicators_imported": N_("Läste in indikatorer"),
        "indicators_undone": N_("Ångrade en ändring av indikatorer"),
        "indicators_redone": N_("Gjorde om en ändring av indikatorer"),
        "table_row_saved": N_("Ändrade en rad i en egen tabell"),
        "table_row_removed": N_("Tog bort en rad ur en egen tabell"),
        "table_row_reset": N_("Lät en rad i en egen tabell bli som den medföljer"),
        "table_imported": N_("Läste in rader i en egen tabell"),
        "table_undone": N_("Ångrade en ändring av en egen tabell"),
        "table_redone": N_("Gjorde om en ändring av en egen tabell"),
        "provider_note_written": N_("Skrev en anteckning om en vårdgivare"),
        "provider_note_done": N_("Bockade av en anteckning om en vårdgivare"),
        "provider_note_withdrawn": N_("Tog bort en anteckning om en vårdgivare"),
        "paper_saved": N_("Sparade ett arbetspapper"),
        "paper_withdrawn": N_("Tog bort ett arbetspapper"),
        "paper_undone": N_("Ångrade en ändring av ett arbetspapper"),
        "paper_redone": N_("Gjorde om en ändring av ett arbetspapper"),
        "report_signed": N_("Fastställde en rapport"),
        "report_withdrawn": N_("Återkallade en rapport"),
    },
    ActionKind.PROTECT: {
        "store_created": N_("Skapade databasen"),
        "keys_introduced": N_("Införde nycklar per användare"),
        "keys_repaired": N_("Lagade nyckelfilen"),
        "user_added": N_("Lade till en användare"),
        "user_changed": N_("Ändrade en användare"),
        "user_removed": N_("Tog bort en användare"),
        "passphrase_changed": N_("Bytte sin lösenfras"),
        "passphrase_reset": N_("Gav en användare ny lösenfras"),
        "recovery_key_made": N_("Gjorde en återställningsnyckel"),
        "recovered_by_key": N_("Kom in med återställningsnyckeln"),
        "rekeyed": N_("Bytte databasens nyckel"),
        "remembered": N_("Lät datorn minnas lösenfrasen"),
        "forgotten": N_("Lät datorn glömma lösenfrasen"),
        "desk_locked": N_("Låste fönstret"),
        "desk_unlocked": N_("Låste upp fönstret"),
        "user_switched": N_("Bytte användare vid skrivbordet"),
        "lock_taken_over": N_("Tog över ett kvarlämnat lås"),
        "backup_made": N_("Tog en säkerhetskopia"),
        "backup_checked": N_("Kontrollerade en säkerhetskopia"),
        "backup_drill": N_("Övade återställning"),
        "backup_folder": N_("Valde mapp för säkerhetskopior"),
        "store_restored": N_("Återställde databasen ur en säkerhetskopia"),
        "store_exported": N_("Exporterade hela databasen"),
        "store_arrived": N_("Tog emot en hel databas"),
    },
    ActionKind.CONTROL: {
        "log_searched": N_("Sökte i loggen efter en patient"),
        "log_sampled": N_("Drog ett stickprov ur loggen"),
        "log_checked": N_("Signerade en loggkontroll"),
        "log_rule_set": N_("Ändrade hur ofta loggen ska kontrolleras"),
        "retention_decided": N_("Beslutade om bevarande eller gallring"),
    },
    ActionKind.REFUSED: {"refused": N_("Nekades: saknar rätt")},
}
ACTION_WORDS: Final = {action: word for words in _OF_KIND.values() for action, word in words.items()}
KIND_OF_ACTION: Final = {action: kind for kind, words in _OF_KIND.items() for action in words}
SWEDISH: Final[dict[str, dict[str, str]]] = {
    "audit_action": ACTION_WORDS,
    "action_kind": {
        ActionKind.READ: N_("Läsning"),
        ActionKind.DECIDE: N_("Beslut"),
        ActionKind.CLAIM: N_("Krav"),
        ActionKind.DISCLOSE: N_("Utlämnande"),
        ActionKind.PRINT: N_("Utskrift"),
        ActionKind.EXPORT: N_("Export"),
        ActionKind.COPY: N_("Kopiering"),
        ActionKind.CHANGE: N_("Ändring"),
        ActionKind.PROTECT: N_("Skydd"),
        ActionKind.CONTROL: N_("Kontroll"),
        ActionKind.REFUSED: N_("Nekat försök"),
        "": N_("Annat"),
    },
    "log_finding": {
        LogFinding.JUSTIFIED: N_("Befogad"),
        LogFinding.UNCLEAR: N_("Oklar"),
        LogFinding.UNJUSTIFIED: N_("Obefogad"),
    },
    "log_outcome": {
        LogOutcome.NOTHING_FOUND: N_("Inget att anmärka"),
        LogOutcome.FOLLOW_UP: N_("Följs upp"),
        LogOutcome.BREACH: N_("Misstänkt dataintrång"),
    },
    "sample_choice": {
        SampleChoice.ANY: N_("Alla poster om patienter"),
        SampleChoice.READINGS: N_("Bara läsningar"),
        SampleChoice.READ_ONLY: N_("Läsningar utan beslut eller krav"),
        SampleChoice.OFF_HOURS: N_("Kvällar, nätter och helger"),
        SampleChoice.PATIENTS: N_("Utvalda patienter"),
    },
}
"""Vocabularies that `domain.words` takes in."""


def actions_of(kind: ActionKind) -> tuple[str, ...]:
    """Return the actions of a kind."""
    return tuple(_OF_KIND[kind])


def kind_of(action: str) -> str:
    """Return the kind of an action, "" for one that this version of the program does not know."""
    return KIND_OF_ACTION.get(action, "")
