"""Files with payments: our own CSV, and the banks' camt.054. Each row is a payment, or rejected with its place.

The CSV has `received_on; amount; reference` and may have `payer; entry_reference; note`, in UTF-8 with semicolons.
Without a reference of the bank's a payment is known by all that its row says and by how many like it came before in
the file, so that a file read twice, or one that reaches further than the last, adds only what is new.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.claim_words import PaymentOrigin
from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.payment import NewPayment, amount_of, lacking_in_text
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.camt_054 import read_notification
from kvalitetsapp.exchange.csv_reading import csv_file, open_bytes
from kvalitetsapp.exchange.encodings import UTF_8
from kvalitetsapp.exchange.forms import Form, form_of
from kvalitetsapp.exchange.payment_rows import ReadPayments, WrongRowError, refuse_late
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.exchange.csv_reading import CsvFile
    from kvalitetsapp.progress import Progress

LARGEST_FILE: Final = 50 << 20
REQUIRED: Final = ("received_on", "amount", "reference")
COLUMNS: Final = (*REQUIRED, "payer", "entry_reference", "note")


def read_payments(path: Path, today: date, progress: Progress) -> ReadPayments:
    """Read a file of payments; its content tells which form it has.

    Raises:
        InputError: it cannot be read, is too large, or has neither form.
        CancelledError: the user cancelled.
    """
    with open_bytes(path) as file:
        _refuse_large(file, path.name)
        match form_of(file, path.name):
            case Form.XML:
                return read_notification(file, path.name, today)
            case Form.CSV:
                table = csv_file(file, path.name, UTF_8, ";", progress)  # kept until the file is closed
                return _read_csv(table, today, progress)
    raise InputError(
        _("{file} är ingen betalningsfil. Läs in en CSV-fil eller bankens camt.054.").format(file=path.name)
    )


def known_by(new: NewPayment, seen: Counter[str]) -> str:
    """Return what knows a payment without a reference of the bank's, counting those that say the same."""
    said = "\x1f".join((new.received_on.isoformat(), str(new.amount), new.reference, new.payer, new.note))
    seen[said] += 1
    return f"rad:{hashlib.sha256(said.encode()).hexdigest()}:{seen[said]}"


def _refuse_large(file: BinaryIO, name: str) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST_FILE:
        raise InputError(
            _("{file} är större än {n} MB och läses inte som betalningar. Begär en fil för kortare tid.").format(
                file=name, n=LARGEST_FILE >> 20
            )
        )


def _read_csv(table: CsvFile, today: date, progress: Progress) -> ReadPayments:
    table.read_header()
    lacking = [column for column in REQUIRED if column not in table.header]
    if lacking:
        raise InputError(
            _("{file} saknar {columns}. En betalningsfil har kolumnerna {allowed}, med semikolon emellan.").format(
                file=table.name, columns=", ".join(lacking), allowed=", ".join(COLUMNS)
            )
        )
    found = ReadPayments(PaymentOrigin.CSV, table.name, table.sha256)
    found.remarks += [
        (1, _("Kolumnen {column} lästes inte.").format(column=identity.hidden(column)))
        for column in table.header
        if column not in COLUMNS
    ]
    seen: Counter[str] = Counter()
    for batch in table.batches(progress):
        for row, width in batch.ragged:
            wrong = WrongRowError("", "", "ragged", found=width, expected=len(table.header))
            found.reject(row, wrong, None)
        for row, record in zip(batch.numbers, batch.records, strict=True):
            values = dict(zip(table.header, map(str.strip, record), strict=True))
            if any(values.values()):
                _take(found, row, values, today, seen)
    found.rejects.sort(key=lambda reject: reject.row)
    return found


def _take(found: ReadPayments, row: int, values: dict[str, str], today: date, seen: Counter[str]) -> None:
    told = amount_of(values["amount"])
    try:
        new = _payment(values, told, today)
    except WrongRowError as wrong:
        found.reject(row, wrong, None if isinstance(told, AmountFault) else told)
        return
    entry = new.entry_reference or known_by(new, seen)
    found.payments.append((row, NewPayment(new.received_on, new.amount, new.reference, new.payer, entry, new.note)))


def _payment(values: dict[str, str], amount: int | AmountFault, today: date) -> NewPayment:
    for column in REQUIRED:
        if not values[column]:
            raise WrongRowError(column, "", "missing")
    day = iso_format().iso(values["received_on"])
    if day is None:
        raise WrongRowError("received_on", values["received_on"], "bad_date", format="ÅÅÅÅ-MM-DD")
    refuse_late("received_on", date.fromisoformat(day), today)
    if isinstance(amount, AmountFault):
        code = AmountFault.NOT_A_NUMBER if amount is AmountFault.NEGATIVE else amount
        raise WrongRowError("amount", values["amount"], code.value)
    if amount == 0:
        raise WrongRowError("amount", values["amount"], "no_amount", _("Beloppet är noll. Skriv vad som betalades."))
    for column in ("reference", "payer", "note"):
        if lacking := lacking_in_text(column, values.get(column, "")):
            raise WrongRowError(column, values[column], "bad_text", lacking)
    return NewPayment(
        date.fromisoformat(day),
        amount,
        values["reference"],
        values.get("payer", ""),
        values.get("entry_reference", ""),
        values.get("note", ""),
    )
