"""The documents that payments can be laid on, found by what a payer writes, and what is open on each meanwhile."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from kvalitetsapp.domain import payment as domain
from kvalitetsapp.store import receivables

if TYPE_CHECKING:
    from kvalitetsapp.domain.payment import Share
    from kvalitetsapp.domain.receivable import Receivable
    from kvalitetsapp.store.connection import Store


@dataclass(slots=True)
class OpenDocuments:
    """Every document by its numbers; `lay` lets a payment use up what is open, so that the next finds what is left."""

    _by_number: dict[str, tuple[int, int | None]]
    _by_legal: dict[str, list[int]]
    _credits: dict[int, int | None]
    _owed: dict[int, Receivable]
    _open: dict[int, int]

    @classmethod
    def read(cls, store: Store) -> Self:
        """Read them as they are now."""
        owed = {one.basis: one for one in receivables.all_receivables(store)}
        by_legal = defaultdict(list)
        for basis, number in receivables.legal_numbers(store).items():
            by_legal[number.casefold()].append(basis)
        open_amounts = {basis: one.open for basis, one in owed.items()}
        by_number = receivables.documents_by_number(store)
        return cls(by_number, dict(by_legal), dict(by_number.values()), owed, open_amounts)

    def lay(self, amount: int, reference: str) -> tuple[Share, ...]:
        """Lay a payment on what its reference names, the first due first; what no document takes is left over."""
        named = sorted(self._named(reference, paid_back=amount < 0), key=self._order)
        shares = domain.laid(amount, [(basis, self._owed[basis].number, self._open[basis]) for basis in named])
        for share in shares:
            self._open[share.basis] -= share.amount
        return shares

    def of_number(self, number: str) -> int | None:
        """Return the document of our number, or of a legal number that only one has, None where there is none."""
        found = {self._by_number[one][0] for one in domain.our_numbers(number) if one in self._by_number}
        found |= set(self._by_legal.get(number.strip().casefold(), []))
        return found.pop() if len(found) == 1 else None

    def owed(self, basis: int) -> Receivable | None:
        """Return what is owed on a document, None for a credit note."""
        return self._owed.get(basis)

    def _named(self, reference: str, *, paid_back: bool) -> set[int]:
        """Return what a reference names; money paid back for a credit note belongs to the document that it credits."""
        written = [self._by_number[one] for one in domain.our_numbers(reference) if one in self._by_number]
        for word in domain.possible_legal_numbers(reference):
            bases = self._by_legal.get(word, [])
            if len(bases) == 1:  # a number that two documents have names neither
                written.append((bases[0], self._credits.get(bases[0])))
        named = {credited if paid_back and credited is not None else basis for basis, credited in written}
        return named & set(self._owed)

    def _order(self, basis: int) -> tuple[object, str]:
        return self._owed[basis].due_on, self._owed[basis].number
