"""Who was operated on, beside all purchased care, and observed against expected with that taken into account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.diagnosis_groups import diagnosis_word
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.ledger_of_operations import EVERYONE, MINE, TWO_YEARS
from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import N_, NOTHING, _, decimal, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_chapters import Adjusted, MixRow
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_HEADS: Final = {"age_group": N_("Ålder"), "sex": N_("Kön"), "diagnosis_group": N_("Diagnos")}
_LEAST_PER_PARAMETER: Final = 10
_FAIR: Final = 0.6


def add(composer: Composer, rows: Sequence[MixRow], cells: Cells) -> None:
    """Add age, sex and diagnosis of the operations."""
    if not rows:
        return
    composer.section(_("Vilka som opererats"))
    shown = protected(rows, cells)
    body, groups = [], []
    for place, row in enumerate(rows):
        first = place == 0 or rows[place - 1].variable != row.variable
        if first and place:
            groups.append(place)
        mine, everyone = (shown[row.variable, row.level, column] for column in (MINE, EVERYONE))
        body.append(
            (
                _(_HEADS[row.variable]) if first else "",
                level(row),
                mine,
                _part(row, rows, mine, cells, mine=True),
                everyone,
                _part(row, rows, everyone, cells, mine=False),
            )
        )
    body.append((_("Alla"), "", shown["", "", MINE], "", shown["", "", EVERYONE], ""))
    composer.table(
        _("Operationer efter ålder, kön och indexvårdtillfällets diagnos, bredvid alla köpta operationer."),
        Grid(
            (
                words(_("Vad"), 0.8),
                words(_("Grupp"), 1.8),
                Column(_("Vårdgivaren")),
                Column(_("Andel"), 0.7),
                Column(_("Alla köpta")),
                Column(_("Andel"), 0.7),
            ),
            body,
            totals=1,
            groups=frozenset(groups),
        ),
        Notes(suppressed(cells)),
    )


def protected(rows: Sequence[MixRow], cells: Cells) -> dict[tuple[str, str, str], str]:
    """Return how the counts are shown, by variable, level and column."""
    wholes = [row for row in rows if row.variable == rows[0].variable]
    mine, everyone = sum(row.mine for row in wholes), sum(row.purchased for row in wholes)
    shown = {("", "", MINE): cells.at(names.operations(), mine)}
    shown["", "", EVERYONE] = cells.at(names.in_mix("", "", EVERYONE), everyone)
    for row in rows:
        for column, count in ((MINE, row.mine), (EVERYONE, row.purchased)):
            key = (row.variable, row.level, column)
            shown[key] = cells.at(names.in_mix(*key), count)
    return shown


def level(row: MixRow) -> str:
    """Return a group as a word."""
    if row.variable == "diagnosis_group":
        return diagnosis_word(row.level)
    if row.variable == "sex":
        return word("sex", row.level)
    if row.level.startswith("<"):
        return _("Under {age}").format(age=row.level[1:])  # "<55" beside a hidden "<5" would be misread
    return row.level.replace("-", "–") or _("Okänd ålder")


def _part(row: MixRow, rows: Sequence[MixRow], shown: str, cells: Cells, *, mine: bool) -> str:
    whole = sum(one.mine if mine else one.purchased for one in rows if one.variable == row.variable)
    if not whole or cells.is_hidden(shown):
        return NOTHING
    return percent((row.mine if mine else row.purchased) / whole, 0)


def adjusted(composer: Composer, rows: Sequence[Adjusted], cells: Cells) -> None:
    """Add observed against expected, and how good the model behind it is."""
    shown = [one for one in rows if one.operations]
    if not shown:
        return
    composer.section(_("Med hänsyn till vilka som opererats"))
    composer.table(
        _("Reopererade inom två år mot vad patienternas ålder, kön, diagnos och operationsår ger."),
        Grid(
            (
                phrases.joint_column((one.joint for one in shown), 0.7),
                Column(_("Uppföljda")),
                Column(_("Observerade")),
                Column(_("Väntade")),
                Column(_("O/E"), 0.7),
                Column(_("95 % intervall"), 1.3),
            ),
            [_ratio_row(one, cells) for one in shown],
        ),
        Notes(
            _("1 är som väntat bland alla operationer här. Intervallet (Poisson) tar det väntade som känt."),
            _("Det som modellen inte känner till, som annan sjuklighet, är inte med."),
            suppressed(cells),
        ),
    )
    model(composer, shown, cells)


def _ratio_row(one: Adjusted, cells: Cells) -> tuple[str, ...]:
    operations = cells.at(names.followed(DAYS_TWO_YEARS, one.joint), one.operations)
    observed = cells.at(names.happened(TWO_YEARS, one.joint), one.observed)
    told = not any(map(cells.is_hidden, (operations, observed))) and not (cells.suppress and one.operations < 10)
    if one.expected is None or one.ratio is None or one.low is None or one.high is None or not told:
        figures: tuple[str, ...] = (NOTHING, NOTHING, NOTHING)
    else:
        digits = 1 if cells.strict else 2  # finer ones would give the count that is rounded beside them
        interval = _("{low}–{high}").format(low=decimal(one.low, digits), high=decimal(one.high, digits))
        expected = number(cells.rounded(round(one.expected))) if cells.strict else decimal(one.expected, 1)
        figures = (expected, decimal(one.ratio, digits), interval)
    return (word("joint", one.joint), operations, observed, *figures)


def model(composer: Composer, rows: Sequence[Adjusted], cells: Cells) -> None:
    """Add a sentence per model on how far it can be trusted."""
    composer.bullets([_told(one, cells) for one in rows])


def _told(one: Adjusted, cells: Cells) -> str:
    joint = word("joint", one.joint)
    if one.discrimination is None:
        return _("{joint}: {events} händelser är för få för en modell, så inget väntat antal visas.").format(
            joint=joint, events=cells.count(one.model_events)
        )
    begins = _(
        "{joint}: modellen bygger på {n} operationer hos alla vårdgivare och skiljer med c = {c} (0,5 är slump)."
    )
    told = begins.format(joint=joint, n=cells.count(one.model_operations), c=decimal(one.discrimination, 2))
    if one.calibration_p is not None:
        told += _(" Hosmer–Lemeshows test: p = {p}.").format(p=decimal(one.calibration_p, 2))
    if one.discrimination < _FAIR:
        told += _(" Den skiljer dåligt mellan patienter: justeringen ändrar lite.")
    if one.events_per_parameter is not None and one.events_per_parameter < _LEAST_PER_PARAMETER:
        told += _(" Den har få händelser per parameter ({n}) och är osäker.").format(
            n=decimal(one.events_per_parameter, 0 if cells.strict else 1)
        )
    return told
