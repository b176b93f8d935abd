"""Files of payments as banks and people write them, with the references of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

IBAN = "SE3550000000054910000003"
HEADER = "received_on;amount;reference;payer;entry_reference;note"
VERSIONS = tuple(f"001.{version:02d}" for version in (2, 3, 4, 5, 6, 7, 8, 9, 10))


def csv(path: Path, *rows: str, header: str = HEADER) -> Path:
    """Write rows under the header."""
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def transaction(amount: str, *references: str, own: str = "", free: str = "", currency: str = "SEK") -> str:
    """Return a transaction as Bankgiro payments come: a structured reference each, the payer's name, free text."""
    structured = "".join(f"<Strd><CdtrRefInf><Ref>{one}</Ref></CdtrRefInf></Strd>" for one in references)
    refs = f"<AcctSvcrRef>{own}</AcctSvcrRef>" if own else "<EndToEndId>NOTPROVIDED</EndToEndId>"
    text = f"<Ustrd>{free}</Ustrd>" if free else ""
    return (
        f"<TxDtls><Refs>{refs}</Refs>"
        f'<AmtDtls><TxAmt><Amt Ccy="{currency}">{amount}</Amt></TxAmt></AmtDtls>'
        f"<RltdPties><Dbtr><Nm>Fjällkliniken AB</Nm></Dbtr></RltdPties>"
        f"<RmtInf>{structured}{text}</RmtInf></TxDtls>"
    )


def entry(
    amount: str,
    *transactions: str,
    direction: str = "CRDT",
    status: str = "<Sts>BOOK</Sts>",
    own: str = "BG20240201-1",
    day: str = "2024-02-01",
    count: int | None = None,
    extra: str = "",
) -> str:
    """Return a booked entry with its transactions."""
    batch = f"<Btch><NbOfTxs>{count}</NbOfTxs></Btch>" if count is not None else ""
    details = f"<NtryDtls>{batch}{''.join(transactions)}</NtryDtls>" if transactions else ""
    ours = f"<AcctSvcrRef>{own}</AcctSvcrRef>" if own else ""
    return (
        f'<Ntry><NtryRef>1</NtryRef><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{extra}{status}'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>{ours}"
        f"<BkTxCd><Prtry><Cd>BG</Cd></Prtry></BkTxCd>{details}</Ntry>"
    )


def camt(path: Path, *entries: str, version: str = "001.02", message: str = "MSG-1") -> Path:
    """Write a notification of these entries."""
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.{version}"><BkToCstmrDbtCdtNtfctn>'
        f"<GrpHdr><MsgId>{message}</MsgId><CreDtTm>2024-02-01T18:00:00</CreDtTm></GrpHdr>"
        f"<Ntfctn><Id>{message}</Id><CreDtTm>2024-02-01T18:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>{IBAN}</IBAN></Id><Ccy>SEK</Ccy></Acct>{''.join(entries)}"
        "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n",
        encoding="utf-8",
    )
    return path
