"""The last page: exactly what the report was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import phrases, styles
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import Head, Manifest
    from kvalitetsapp.domain.review_protocol import ProtocolHead
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, head: Head | ProtocolHead, manifest: Manifest, *, sealed: bool = False) -> None:
    """Add the chapter; a `sealed` file is encrypted anew each time."""
    composer.chapter(_("Manifest"))
    again = _("Görs den om ur samma underlag blir filen densamma, byte för byte.")
    if sealed:
        again = _("Görs den om ur samma underlag blir innehållet detsamma; bara krypteringen är ny varje gång.")
    composer.text(_("Rapporten är helt bestämd av det som står här. {again}").format(again=again))
    facts = [
        (_("Data till och med"), head.data_cut),
        (_("Program"), _("Kvalitetsapp {version}").format(version=head.program_version)),
        *manifest.definitions,
        *manifest.parameters,
        (_("Underlagets fingeravtryck"), manifest.fingerprint),
    ]
    composer.table(
        _(
            "Datauttag, definitioner och inställningar. Fingeravtryck är SHA-256; underlagets "
            "gäller allt som rapporten visar."
        ),
        Grid((words(_("Vad"), 1), words(_("Värde"), 2.6)), facts, size=7.2),
    )
    _files(composer, manifest)


def _files(composer: Composer, manifest: Manifest) -> None:
    if not manifest.files:
        composer.text(_("Inga filer har importerats."), styles.BODY)
        return
    rows = [
        (
            number(one.batch),
            one.imported_at[:10],
            phrases.kind_of_file(one.kind),
            one.file_name,
            number(one.read),
            number(one.rejected),
            f"{one.sha256[:32]}\n{one.sha256[32:]}",
        )
        for one in manifest.files
    ]
    composer.table(
        _("Importerade filer, den första först. SHA-256 är filens fingeravtryck."),
        Grid(
            (
                Column(_("Nr"), 0.4),
                words(_("Importerad"), 1.3),
                words(_("Slag"), 1.5),
                words(_("Fil"), 2.0),
                Column(_("Rader"), 0.65),
                Column(_("Avvisade"), 0.9),
                words(_("SHA-256"), 3.1),
            ),
            rows,
            size=6.4,
        ),
    )
