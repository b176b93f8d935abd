"""The fingerprint of a report: the SHA-256 of everything that it shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from kvalitetsapp.domain.any_report import AnyReport

Report = TypeVar("Report", bound="AnyReport")


def sealed(report: Report) -> Report:
    """Return the report with its fingerprint: the SHA-256 of everything else in it."""
    bare = replace(report, manifest=replace(report.manifest, fingerprint=""))
    return replace(report, manifest=replace(report.manifest, fingerprint=fingerprint(bare)))


def fingerprint(data: DataclassInstance) -> str:
    """Return the SHA-256 of everything in the data, the same whenever they are."""
    content = json.dumps(asdict(data), ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(content.encode()).hexdigest()
