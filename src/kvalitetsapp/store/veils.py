"""What hides personal numbers from whoever may not see them: pseudonyms in their place, for one open connection.

A veil is a set of temporary views that stand before the tables of the same names, so that no query of this connection
comes to a number, however it is written. What is delivered is not touched, and other connections see it as it is. Who
has a veil cannot write to the tables under it. What a number tells beside who it is, sex and day of birth, is read
from under it by `number_facts.py` alone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import KINDS_OF_PERSONS, PERSONAL_COLUMNS
from kvalitetsapp.store import dialect, meta

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

_HIDDEN: Final = "••••"
_PRIME: Final = 99_999_989
"""The largest of eight digits. No more than it has rows get a pseudonym of their own: its predecessor has no factor 3,
so that no two cubes are the same."""
_ROW: Final = f"((identity * {{times}} + {{more}}) % {_PRIME})"
_NUMBER: Final = f"(({_ROW} * {_ROW} % {_PRIME}) * {_ROW} % {_PRIME})"
_PSEUDONYM: Final = f"printf('{identity.PSEUDONYM_MARK}%04d-%04d', {_NUMBER} / 10000, {_NUMBER} % 10000)"
VEILED: Final = ("identities", "import_rejects", "findings")
_VIEWS: Final = (
    "CREATE TEMP VIEW identities AS SELECT identity, {pseudonym} AS personal_id FROM main.identities",
    """
CREATE TEMP VIEW import_rejects AS
SELECT batch, row_number, column_name, CASE WHEN column_name IN ({personal}) AND value <> '' THEN '{hidden}' ELSE value
       END AS value, code, reason FROM main.import_rejects
""",
    """
CREATE TEMP VIEW findings AS
SELECT finding, batch, rule,
       CASE WHEN batch IN (SELECT batch FROM main.import_batches WHERE kind IN ({kinds}))
            THEN coalesce((SELECT {pseudonym} FROM main.identities WHERE personal_id = ref), '') ELSE ref END AS ref,
       row_number, column_name,
       CASE WHEN column_name IN ({personal}) AND value <> '' THEN '{hidden}' ELSE value END AS value
FROM main.findings
""",
)


def draw(store: Store) -> None:
    """Hide every personal number from this connection, until it is closed."""
    times, more = _scatter(store)
    told = {
        "pseudonym": _PSEUDONYM.format(times=times, more=more),
        "personal": _texts(PERSONAL_COLUMNS),
        "kinds": _texts(kind.value for kind in KINDS_OF_PERSONS),
        "hidden": _HIDDEN,
    }
    dialect.put_before_tables(store.conn, [view.format(**told) for view in _VIEWS])


def lift(store: Store) -> None:
    """Take the veil away, where there is one."""
    dialect.take_from_before_tables(store.conn, VEILED)


def _scatter(store: Store) -> tuple[int, int]:
    """Return how the numbers of rows are scattered over the pseudonyms of this store, the same each time it is opened.

    Rows of persons come in the order of their personal numbers, which is that of their age, and what a pseudonym tells
    must not be whose is the next. It is no cipher: rows are numbers that anyone may know.
    """
    seed = hashlib.sha256(f"pseudonyms {meta.get(store, meta.STORE_ID)}".encode()).digest()
    return 1 + int.from_bytes(seed[:8]) % (_PRIME - 1), int.from_bytes(seed[8:16]) % _PRIME


def _texts(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))
