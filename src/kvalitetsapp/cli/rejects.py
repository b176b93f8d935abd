"""How the rows of a file that were turned away are told on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kvalitetsapp.domain.imports import shown_value
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.imports import Reject


def tell(rejects: Iterable[Reject]) -> None:
    """Write row, column, value and reason of each; personal numbers are masked."""
    for reject in rejects:
        line = _("  rad {row}, {column}: ”{value}” – {reason}").format(
            row=reject.row,
            column=reject.column or "–",
            value=shown_value(reject.column, reject.value),
            reason=reject.reason,
        )
        click.echo(line, err=True)
