"""A thousand bases issued from a store with their files, each against a bare reportlab page with the same table."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Self

from benchmarks import approved_claims
from benchmarks.timing import Comparison, best
from kvalitetsapp import settings
from kvalitetsapp.domain.basis import BasisView
from kvalitetsapp.services import bases, basis_files
from kvalitetsapp.store import claims
from kvalitetsapp.texts import kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import Basis
    from kvalitetsapp.services.workspace import Workspace

_PASSWORD: Final = "vinter regn häst 7"  # noqa: S105 - of files that are thrown away
_FONTS: Final = ("DejaVuSans", "DejaVuSans-Bold")
_BARE_PAGES: Final = """
import io, json, sys, time
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle
folder, plain, bold = sys.argv[1:]
for name in (plain, bold):
    pdfmetrics.registerFont(TTFont(name, f"{folder}/{name}.ttf"))
style = TableStyle([("FONT", (0, 0), (-1, -1), plain, 8), ("FONT", (0, 0), (-1, 0), bold, 8)])
for line in sys.stdin:
    rows = json.loads(line)
    begun = time.perf_counter()
    table = Table(rows)
    table.setStyle(style)
    SimpleDocTemplate(io.BytesIO(), invariant=1, pageCompression=1).build([table])
    print(time.perf_counter() - begun, flush=True)
"""


def compare() -> list[Comparison]:
    """Time issuing and the files of each basis in turns with the rival, and print what each part takes."""
    seconds: dict[str, float] = defaultdict(float)
    with (
        TemporaryDirectory(prefix="kvalitetsapp-matning-") as name,
        approved_claims.make(Path(name) / "prov.kvdb") as workspace,
        _Bare() as bare,
    ):
        for claim in claims.all_claims(workspace.store):
            basis = _issued(workspace, claim.claim, seconds)
            for what, make in _MAKERS.items():
                seconds[what] += best(partial(make, workspace, basis), 1)
            seconds["bare"] += bare.page(basis)
    for what, spent in seconds.items():
        print(f"{what}: {spent / approved_claims.CLAIMS * 1000:.2f} ms a basis")
    rival = seconds.pop("bare") / approved_claims.CLAIMS
    ours = sum(seconds.values()) / approved_claims.CLAIMS
    return [Comparison("a basis issued with PDF, XML and specification", ours, "bare reportlab page", rival, 2)]


def _issued(workspace: Workspace, claim: int, seconds: dict[str, float]) -> Basis:
    begun = time.perf_counter()
    done = bases.issue(workspace, [claim])
    seconds["issued"] += time.perf_counter() - begun
    if done.basis is None:
        raise RuntimeError(done.faults)
    return done.basis


def _pdf(workspace: Workspace, basis: Basis) -> None:
    basis_files.basis_pdf(workspace, basis)


def _xml(workspace: Workspace, basis: Basis) -> None:
    basis_files.e_invoice(workspace, BasisView(basis, (), ()))


def _specification(workspace: Workspace, basis: Basis) -> None:
    basis_files.sealed_specification(workspace, basis, _PASSWORD)


_MAKERS: Final = {"PDF": _pdf, "XML": _xml, "specification": _specification}


class _Bare:
    """A process that knows nothing but reportlab: in ours, a font of ours would be taken for the rival's."""

    def __init__(self) -> None:
        fonts = str(settings.resources_dir() / "fonts")
        command = [sys.executable, "-c", _BARE_PAGES, fonts, *_FONTS]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def page(self, basis: Basis) -> float:
        """Return the seconds that a page with nothing but the table of a basis takes."""
        rows = [["Rad", "Text", "Belopp"], *([str(one.line), one.text, kronor(one.amount)] for one in basis.lines)]
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        print(json.dumps(rows), file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._process.communicate()
