"""A store with one hip operation at a company and three contacts after it, whose costs a test tells in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome

INDEX = "bok/1/hip/right"
PROVIDERS = "provider_id;name;kind\nOSD;Ortopedi;own\nP01;Fjällkliniken;private\n"
EPISODES = """
source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures;drg;cost
bok;1;196812099874;P01;contract;inpatient;2024-01-10;2024-01-12;M161;NFB49 ZXA00;;
bok;2;196812099874;OSD;own;inpatient;2024-03-01;2024-03-09;T845F;NFC49 ZXA00;h10n;
bok;3;196812099874;OSD;own;outpatient;2024-05-02;2024-05-02;T840F;NFH20 ZXA00;;
bok;4;196812099874;OSD;own;inpatient;2024-12-29;2025-01-03;T845F;NFC49 ZXA00;H10N;150000,50
"""
VERDICTS = """
event_ref;verdict;reviewer;reviewed_on
bok/2;confirmed;OL01;2025-02-01
bok/3;confirmed;OL01;2025-02-01
bok/4;confirmed;OL01;2025-02-01
"""
AGREEMENT = """
[[agreement]]
id = "A"
name = "Höftavtalet"
providers = ["P01"]
joints = ["hip"]
payer_routes = ["contract"]
valid_from = 2023-01-01
cap = 1000000
cap_scope = "index_operation"
claim_deadline_days = 365
cost_basis = [{basis}]
warranty = [{{ classes = ["*"], days = 730 }}]
tariff = {{ {tariff} }}
"""
WEIGHTS = "year;drg;weight;source\n2024;h10n;4,1250;viktlista\n2025;H10N;4;viktlista\n"
PRICES = "year;price;source\n2024;62450,10;prislista\n2025;64000;prislista\n"


def make(folder: Path, basis: str = '"kpp", "drg", "tariff"', tariff: str = "") -> Workspace:
    """Return a new store with the county in it, linked; the caller closes it."""
    return made_stores.opened(folder, _make, basis, tariff)


def _make(folder: Path, basis: str, tariff: str) -> Workspace:
    workspace = create_workspace(folder / "kostnader.kvdb", PASSPHRASE)
    take(workspace, folder, "providers", PROVIDERS)
    agree(workspace, folder, basis, tariff)
    take(workspace, folder, "episodes", EPISODES)
    take(workspace, folder, "verdicts", VERDICTS)
    return workspace


def agree(workspace: Workspace, folder: Path, basis: str, tariff: str = "") -> ImportOutcome:
    """Take in the agreement with these sources of cost, in the place of the one before."""
    path = folder / "avtal.toml"
    path.write_text(AGREEMENT.format(basis=basis, tariff=tariff), encoding="utf-8")
    return imports.import_file(workspace, KindOfFile.AGREEMENTS, path)


def take(workspace: Workspace, folder: Path, kind: str, text: str, name: str = "") -> ImportOutcome:
    """Take in a file in standard form; its name is that of its kind unless told."""
    path = folder / (name or f"{kind}.csv")
    path.write_text(text.lstrip(), encoding="utf-8")
    return imports.import_file(workspace, KindOfFile(kind), path)


def stakes(workspace: Workspace) -> dict[str, int | None]:
    """Return what the store says is at stake, by event."""
    return dict(workspace.store.rows("SELECT event_ref, at_stake FROM links ORDER BY event_ref"))
