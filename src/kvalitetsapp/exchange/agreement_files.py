"""Agreements from TOML: each one whole and right, or rejected with the key that is wrong."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import families, money
from kvalitetsapp.domain.agreement import ANY_CLASS, Agreement, Tariff, Warranty
from kvalitetsapp.domain.agreement_form import CAP_SCOPES, COST_BASES, LONGEST_DAYS
from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.words import ComplicationClass, PayerRoute
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import kinds, toml_reading
from kvalitetsapp.exchange.csv_reading import open_bytes
from kvalitetsapp.exchange.result import ReadFile
from kvalitetsapp.exchange.values import fault
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_KEYS: Final = {
    "": {
        *("id", "name", "providers", "joints", "payer_routes", "valid_from", "valid_to", "unit_price"),
        *("expected_reoperation_rate", "cap", "cap_scope", "deductible", "claim_deadline_days", "cost_basis"),
        *("verified", "verified_by", "verified_on", "exclusions", "note", "warranty", "tariff"),
    },
    "warranty": {"classes", "days", "onset_within_days"},
    "tariff": {"inpatient_day", "outpatient_visit"},
}


class _WrongKeyError(Exception):
    """A key of an agreement that cannot be right."""

    def __init__(self, key: str, value: object, code: str, **details: object) -> None:
        super().__init__(key)
        self.key, self.value, self.code, self.details = key, value, code, details


def read_agreements(path: Path, *, has_profile: bool = False) -> ReadFile:
    """Read a file of agreements; rows are (place from 1, `Agreement`).

    Raises:
        InputError: it is no TOML, or holds no [[agreement]].
    """
    if has_profile:
        raise InputError(_("Avtal läses utan mappningsprofil. Ta bort profilen och försök igen."))
    with open_bytes(path) as file:
        content = file.read()
    found = ReadFile(
        KindOfFile.AGREEMENTS,
        path.name,
        hashlib.sha256(content).hexdigest(),
        "standard",
        kinds.columns_read(KindOfFile.AGREEMENTS),
        "utf-8",
    )
    for place, table in enumerate(_tables(content, path.name), 1):
        _take(found, place, table)
    return found


def _tables(content: bytes, file_name: str) -> list[dict[str, Any]]:
    try:
        document = toml_reading.document(content, parse_float=Decimal)
    except UnicodeDecodeError:
        raise InputError(_("{file} är inte UTF-8. Spara om filen som UTF-8.").format(file=file_name)) from None
    except toml_reading.NotTomlError as wrong:
        raise InputError(
            _("{file} är inte giltig TOML ({why}). Rätta raden och försök igen.").format(
                file=file_name, why=wrong.place
            )
        ) from None
    tables = document.get("agreement")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError(
            _("{file} innehåller inga avtal. Varje avtal ska börja med [[agreement]].").format(file=file_name)
        )
    return tables


def _take(found: ReadFile, place: int, table: dict[str, Any]) -> None:
    found.read += 1
    try:
        agreement = _agreement(table)
    except _WrongKeyError as wrong:
        value = "" if wrong.value is None else str(wrong.value)
        found.rejects.append(Reject(place, wrong.key, value, wrong.code, fault(wrong.code, **wrong.details).reason))
        return
    found.rows.append((place, agreement))
    found.findings += [
        Finding(place, "unknown_key", key, "", agreement.agreement_id) for key in sorted(_unknown_keys(table))
    ]


def _agreement(table: dict[str, Any]) -> Agreement:
    agreement_id = _text(table, "id")
    valid_from = _date(table, "valid_from")
    valid_to = _date(table, "valid_to") if "valid_to" in table else None
    if valid_to is not None and valid_to < valid_from:
        raise _WrongKeyError("valid_to", valid_to, "ends_before_start", start=valid_from)
    return Agreement(
        agreement_id=agreement_id,
        name=_text(table, "name") if "name" in table else agreement_id,
        providers=_words(table, "providers"),
        joints=_words(table, "joints", families.ids()),
        payer_routes=_words(table, "payer_routes", tuple(PayerRoute)),
        valid_from=valid_from,
        valid_to=valid_to,
        cap=_needed(table, "cap", _money(table, "cap")),
        cap_scope=_word(table, "cap_scope", CAP_SCOPES),
        deductible=_money(table, "deductible") or 0,
        cost_basis=_words(table, "cost_basis", COST_BASES),
        warranties=_warranties(table),
        tariff=_tariff(table),
        unit_price=_money(table, "unit_price"),
        expected_reoperation_rate=_rate(table, "expected_reoperation_rate"),
        claim_deadline_days=_days(table, "claim_deadline_days"),
        verified=_flag(table, "verified"),
        exclusions=_words(table, "exclusions", tuple(ComplicationClass)) if table.get("exclusions") else (),
        note=_text(table, "note") if "note" in table else "",
        verified_by=_text(table, "verified_by") if "verified_by" in table else "",
        verified_on=_date(table, "verified_on") if "verified_on" in table else None,
    )


def _needed(table: dict[str, Any], key: str, value: int | None) -> int:
    if value is None:
        raise _WrongKeyError(key, table.get(key.rsplit(".", maxsplit=1)[-1]), "missing")
    return value


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if value is None or (isinstance(value, str) and not value.strip()):
        raise _WrongKeyError(key, value, "missing")
    if not isinstance(value, str):
        raise _WrongKeyError(key, value, "not_a_text")
    return value.strip()


def _word(table: dict[str, Any], key: str, allowed: Collection[str]) -> str:
    word = _text(table, key)
    if word not in allowed:
        raise _WrongKeyError(key, word, "not_in_list", choices=", ".join(allowed))
    return word


def _words(table: dict[str, Any], key: str, allowed: Collection[str] = (), within: str = "") -> tuple[str, ...]:
    values, name = table.get(key), within + key
    if values is None or values == []:
        raise _WrongKeyError(name, values, "missing")
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise _WrongKeyError(name, values, "not_a_list")
    words = tuple(dict.fromkeys(value.strip() for value in values))
    for word in words:
        if allowed and word not in allowed:
            raise _WrongKeyError(name, word, "not_in_list", choices=", ".join(allowed))
    return words


def _date(table: dict[str, Any], key: str) -> date:
    value = table.get(key)
    if value is None:
        raise _WrongKeyError(key, value, "missing")
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _WrongKeyError(key, value, "bad_date", format="ÅÅÅÅ-MM-DD")
    return value


def _money(table: dict[str, Any], key: str, within: str = "") -> int | None:
    value = table.get(key)
    if value is None:
        return None
    ore = money.from_number(value)
    if isinstance(ore, AmountFault):
        raise _WrongKeyError(within + key, value, ore.value)
    return ore


def _days(table: dict[str, Any], key: str, within: str = "") -> int | None:
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_DAYS:
        raise _WrongKeyError(within + key, value, "bad_days")
    return value


def _rate(table: dict[str, Any], key: str) -> float | None:
    value = table.get(key)
    if value is None:
        return None
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()
    if not is_number or not 0 <= value <= 1:
        raise _WrongKeyError(key, value, "bad_share")
    return float(value)


def _flag(table: dict[str, Any], key: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise _WrongKeyError(key, value, "not_a_flag")
    return value


def _warranties(table: dict[str, Any]) -> tuple[Warranty, ...]:
    found = table.get("warranty")
    if found is None or found == []:
        raise _WrongKeyError("warranty", None, "missing")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _WrongKeyError("warranty", "", "not_a_table")
    return tuple(
        Warranty(
            _words(each, "classes", (ANY_CLASS, *ComplicationClass), "warranty."),
            _needed(each, "warranty.days", _days(each, "days", "warranty.")),
            _days(each, "onset_within_days", "warranty."),
        )
        for each in found
    )


def _tariff(table: dict[str, Any]) -> Tariff:
    found = table.get("tariff", {})
    if not isinstance(found, dict):
        raise _WrongKeyError("tariff", found, "not_a_table")
    return Tariff(_money(found, "inpatient_day", "tariff."), _money(found, "outpatient_visit", "tariff."))


def _unknown_keys(table: dict[str, Any]) -> set[str]:
    unknown = set(table) - _KEYS[""]
    unknown |= {f"tariff.{key}" for key in set(table.get("tariff", {})) - _KEYS["tariff"]}
    for each in table["warranty"]:
        unknown |= {f"warranty.{key}" for key in set(each) - _KEYS["warranty"]}
    return unknown
