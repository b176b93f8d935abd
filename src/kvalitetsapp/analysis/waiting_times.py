"""How long people have waited at each provider, from the waiting lists as they stood on their latest day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import NO_DAY, among, coded, day_number, day_numbers
from kvalitetsapp.domain.provider_comparison import WaitingSource, WaitingTime
from kvalitetsapp.domain.words import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from kvalitetsapp.domain.codes import ProcedureRole

WAITING: Final = {
    "provider_id": "category",
    "procedure_code": "category",
    "snapshot_on": "date",
    "decided_on": "date",
    "planned_on": "date",
}
"""Entries of waiting lists: provider_id, procedure_code category · snapshot_on, decided_on, planned_on date."""


def medians(
    entries: pd.DataFrame, roles: Mapping[str, ProcedureRole], *, joint: str, as_of: date
) -> dict[str, WaitingTime]:
    """Return the median days from decision to the planned day, else to the day of the list, by provider.

    Of each provider the latest list up to `as_of` tells; entries for a first replacement of the joint count, whatever
    the reason for a wait (also medical or chosen by the patient). A planned day before the list's is not believed.
    """
    codes = [code for code, role in roles.items() if role.joint == joint and role.role == Role.PRIMARY]
    snapshot = day_numbers(entries["snapshot_on"])
    rows = among(entries["procedure_code"], *codes) & (snapshot != NO_DAY) & (snapshot <= day_number(as_of))
    place, names = coded(entries["provider_id"])
    latest = np.full(len(names), NO_DAY, dtype=np.int64)
    np.maximum.at(latest, place[rows], snapshot[rows])
    decided, planned = day_numbers(entries["decided_on"]), day_numbers(entries["planned_on"])
    waited = np.where(planned >= snapshot, planned, snapshot) - decided
    rows &= (snapshot == latest[place]) & (waited >= 0)
    return {
        str(names[provider]): WaitingTime(
            round(float(np.median(waited[rows & (place == provider)]))),
            int((rows & (place == provider)).sum()),
            WaitingSource.ENTRIES,
            str(np.datetime64(int(latest[provider]), "D")),
        )
        for provider in np.unique(place[rows]).tolist()
        if names[provider]
    }
