"""How the sample county's things look as rows of the standard profile's files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.shapes import FOREVER
from kvalitetsapp.settings import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.exchange.sample.shapes import Detail, Episode, Person, Place, Verdict

Row = dict[str, str]
_JOINTS_WITH_FIGURES: Final = ("hip", "knee", "shoulder")


def csv_text(rows: list[Row]) -> str:
    """Return rows as CSV with `;` between fields and a header of the first row's columns."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _amount(ore: int | None) -> str:
    """An amount with decimal comma, as Swedish systems write it."""
    return "" if ore is None else f"{ore // 100},{ore % 100:02d}"


def _day(day: date | None) -> str:
    return "" if day is None or day == FOREVER else day.isoformat()


def provider_row(place: Place) -> Row:
    """A row of `providers`."""
    return {
        "provider_id": place.provider_id,
        "name": place.name,
        "org_number": place.org_number,
        "kind": place.kind,
        "county": place.county,
        "hsa_id": f"SE{place.org_number}-{place.provider_id}",
        "peppol_id": f"0007:{place.org_number}",
        "bankgiro": "",
        "email": place.email,
    }


def person_row(person: Person) -> Row:
    """A row of `persons`; who had a reservnummer last stands under the number that replaced it."""
    return {
        "personal_id": person.personal_id,
        "sex": person.sex,
        "birth_date": _day(person.born),
        "death_date": _day(person.died),
        "moved_out": _day(person.moved),
        "municipality": person.municipality,
        "education": person.education,
        "birth_country": person.birth_country,
    }


def episode_row(episode: Episode) -> Row:
    """A row of `episodes`, under the number that the person had on the day of admission."""
    return {
        "source": episode.place.source,
        "episode_id": episode.episode_id,
        "personal_id": episode.person.number_on(episode.admitted),
        "provider_id": episode.place.provider_id,
        "unit": episode.unit or episode.place.unit_of(episode.person),
        "payer_route": episode.payer_route,
        "care_form": episode.care_form,
        "admitted": _day(episode.admitted),
        "discharged": _day(episode.discharged),
        "main_diagnosis": episode.main_diagnosis,
        "other_diagnoses": " ".join(episode.other_diagnoses),
        "procedures": " ".join(episode.procedures),
        "procedure_date": _day(episode.procedure_date),
        "drg": episode.drg,
        "cost": _amount(episode.cost),
        "price": _amount(episode.price),
    }


def detail_row(detail: Detail) -> Row:
    """A row of `procedures`."""
    return {
        "source": detail.source,
        "episode_id": detail.episode_id,
        "code": detail.code,
        "performed_on": _day(detail.performed_on),
        "side": detail.side,
    }


def alias_row(person: Person) -> Row:
    """A row of `aliases`: the reservnummer and the personnummer it became."""
    return {"personal_id": person.reserve, "same_as": person.personal_id}


def verdict_row(verdict: Verdict) -> Row:
    """A row of `verdicts`."""
    return {
        "event_ref": verdict.event_ref,
        "joint": verdict.joint,
        "side": verdict.side,
        "verdict": verdict.decision,
        "complication_class": verdict.complication_class,
        "reviewer": verdict.reviewer,
        "reviewed_on": _day(verdict.reviewed_on),
        "index_ref": verdict.index_ref,
        "comment": verdict.comment,
    }


def benchmark_rows() -> Iterable[Row]:
    """Sweden's published figures for the joints that are followed up."""
    path = resources_dir() / "benchmarks" / "benchmarks.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if (row["country"], row["level"]) == ("SE", "national") and row["joint"] in _JOINTS_WITH_FIGURES:
                yield row
