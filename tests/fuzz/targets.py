"""What is fuzzed: every reader of something that comes from outside, with what it begins from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fuzz import documents, seeds, small_values, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: `judge` reads an input and raises where a promise is broken.

    `longest` is the longest input that is tried, `share` how much of the time it gets beside the others.
    """

    name: str
    judge: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 8_000
    share: float = 1.0


_LISTED: Final = (
    Target("text-tables", tables.text_table, seeds.text_tables),
    Target("mapped-tables", tables.mapped_table, seeds.mapped_tables),
    Target("inspected-tables", tables.inspected_table, seeds.text_tables),
    Target("imported-tables", tables.imported_table, seeds.text_tables),
    Target("workbooks", tables.workbook, seeds.archives, longest=40_000),
    Target("xlsx-parts", tables.xlsx_parts, seeds.xlsx_parts),
    Target("ods-contents", tables.ods_content, seeds.ods_contents),
    Target("published-figures", tables.published_figures, seeds.text_tables),
    Target("statistics-tables", tables.statistics_table, seeds.statistics_tables),
    Target("agreements", documents.agreements, seeds.agreements),
    Target("indicators", documents.indicators, seeds.indicators),
    Target("profiles", documents.profile, seeds.profiles),
    Target("claim-specifications", documents.claim_specification, seeds.claim_specifications, longest=20_000),
    Target("payments", documents.payments, seeds.payments),
    Target("e-invoices", documents.e_invoice, seeds.e_invoices, longest=20_000),
    Target("settings", documents.settings, seeds.settings, share=0.5),
    Target("identity-numbers", small_values.identity_number, seeds.identity_numbers, longest=200, share=0.3),
    Target("amounts", small_values.amount, seeds.amounts, longest=200, share=0.3),
    Target("days", small_values.day, seeds.days, longest=200, share=0.3),
    Target(
        "organisation-numbers",
        small_values.number_of_organisation,
        seeds.numbers_of_organisations,
        longest=200,
        share=0.3,
    ),
    Target("cells", small_values.cell, seeds.cells, longest=200, share=0.3),
)
TARGETS: Final = {target.name: target for target in _LISTED}
