"""How far the data can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.cells import unknown_share
from kvalitetsapp.reports.notes import Notes, missing_is_not_nothing, suppressed
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import N_, NOTHING, _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_chapters import Delivered
    from kvalitetsapp.domain.report_data import DataQuality
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(
    composer: Composer,
    quality: DataQuality,
    cells: Cells,
    *,
    one_provider: bool,
    delivered: Delivered | None = None,
) -> None:
    """Add the chapter; `one_provider` tells whether the shares are one provider's."""
    composer.chapter(_("Datakvalitet"), new_page=False)
    composer.text(
        _(
            "Siffrorna kan inte vara bättre än det de är gjorda av. Importerna och fynden gäller hela underlaget, "
            "andelarna i nästa tabell {whom}."
        ).format(whom=_("bara den här vårdgivaren") if one_provider else _("alla köpta operationer"))
    )
    _shares(composer, quality, cells)
    if delivered is not None:
        _delivered(composer, delivered, cells)
    _imports(composer, quality)
    _findings(composer, quality, cells)


def _shares(composer: Composer, quality: DataQuality, cells: Cells) -> None:
    rows = (
        (_("Operationer där sidan är okänd"), unknown_share(quality.side_unknown, cells, names.missing("side"))),
        (_("Händelser med tvetydig koppling"), unknown_share(quality.ambiguous, cells, names.in_review("ambiguous"))),
        (_("Händelser utan känd kostnad"), unknown_share(quality.missing_cost, cells, names.missing("cost"))),
        (_("Händelser som inte kunde kopplas till någon operation (hela underlaget)"), cells.count(quality.unlinked)),
        (_("Senaste hela månaden i underlaget"), quality.last_month or NOTHING),
    )
    composer.table(
        _("Hur fullständigt underlaget är."),
        Grid((words(_("Mått"), 3.2), Column(_("Värde"), 1.4)), rows),
        Notes(suppressed(cells)),
    )


def _delivered(composer: Composer, one: Delivered, cells: Cells) -> None:
    """Add what is missing of the provider's operations, and tell what never came apart from what did not happen."""
    if not one.linkable.n:
        return
    rows = [
        (
            _("Kan kopplas till vård hos andra (personnummer eller samordningsnummer)"),
            unknown_share(one.linkable, cells, names.missing("linkable")),
        )
    ]
    rows += [
        (_("Saknar {what}").format(what=_(_VARIABLES[name])), unknown_share(part, cells, names.missing(name)))
        for name, part in one.missing
    ]
    rows.append((_("Senaste månad med någon operation"), one.last_month or NOTHING))
    rows.append((_("Månader utan operationer mellan den första och den sista"), number(one.empty_months)))
    composer.table(
        _("Vårdgivarens operationer: vad som finns och vad som saknas."),
        Grid((words(_("Mått"), 3.2), Column(_("Värde"), 1.4)), rows),
        Notes(suppressed(cells)),
    )
    if one.nothing_happened:
        composer.text(_("Levererat, men inget hände: {names}.").format(names=", ".join(one.nothing_happened)))
    if one.not_reported:
        composer.text(
            _("Inget levererat: {names}. {why}").format(
                names=", ".join(one.not_reported), why=missing_is_not_nothing()
            )
        )


_VARIABLES: Final = {
    "age": N_("ålder"),
    "sex": N_("kön"),
    "side": N_("sida"),
    "main_diagnosis": N_("huvuddiagnos"),
    "payer_route": N_("ersättningsväg"),
    "unit": N_("enhet"),
    "price": N_("pris"),
}


def _imports(composer: Composer, quality: DataQuality) -> None:
    if not quality.imports:
        composer.text(_("Inga filer har importerats."))
        return
    rows = [
        (
            phrases.kind_of_file(kept.kind),
            *(
                number(value)
                for value in (kept.files, kept.read, kept.stored, kept.corrected, kept.unchanged, kept.rejected)
            ),
        )
        for kept in sorted(quality.imports, key=lambda one: phrases.kind_of_file(one.kind))
    ]
    heads = (_("Filer"), _("Lästa rader"), _("Nya"), _("Rättade"), _("Oförändrade"), _("Avvisade"))
    composer.table(
        _("Importerade rader. Lästa är alltid summan av nya, rättade, oförändrade och avvisade."),
        Grid((words(_("Slag"), 1.9), *(Column(head) for head in heads)), rows),
    )


def _findings(composer: Composer, quality: DataQuality, cells: Cells) -> None:
    if not quality.findings:
        composer.text(_("Inga fynd i data."))
        return
    counts: dict[str, int] = {}
    for rule, count in quality.findings:
        sentence = phrases.finding(rule)
        counts[sentence] = counts.get(sentence, 0) + count
    rows = [
        (sentence, cells.count(count)) for sentence, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    composer.table(
        _("Fynd i data: rader som släpptes in men ser fel ut."), Grid((words(_("Fynd"), 5), Column(_("Antal"))), rows)
    )
