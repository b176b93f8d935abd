"""What the figures of one provider say that the region is to do: by the same rules as for all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import phrases, sentences
from kvalitetsapp.reports.sections import todo
from kvalitetsapp.texts import _, kronor_rounded, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.report_chapters import Standing
    from kvalitetsapp.domain.report_data import ProviderReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, data: ProviderReport, cells: Cells) -> None:
    """Add the sentences to the summary."""
    composer.section(_("Vad regionen ska göra"))
    composer.bullets(told(data, cells) or [todo.nothing()])


def told(data: ProviderReport, cells: Cells) -> list[str]:
    """Return what there is to do: ask, review, wait, claim, find costs, in that order."""
    standing = data.chapters.standing
    return [
        *_ask(data, cells),
        *(_review(standing, cells) if standing else ()),
        *_wait(data, cells),
        *(_claim(standing, cells) if standing else ()),
    ]


def _ask(data: ProviderReport, cells: Cells) -> Iterator[str]:
    high = sentences.high(data.outcomes, cells)
    if not high:
        return
    after = todo.joined([phrases.prosthesis(one.joint) for one in high])
    if data.is_own:
        yield _(
            "Gå igenom reoperationerna efter {after}: fler än väntat inom två år. Det är en anledning att undersöka, "
            "inte ett svar."
        ).format(after=after)
        return
    yield _(
        "Fråga vårdgivaren hur den ser på reoperationerna efter {after}: fler än väntat inom två år. Det är en "
        "anledning att fråga, inte ett svar."
    ).format(after=after)


def _review(standing: Standing, cells: Cells) -> Iterator[str]:
    if not todo.is_little_reviewed(standing):
        return
    if cells.suppress:
        yield _("Granska fler händelser: färre än hälften är granskade.")
        return
    yield _("Granska fler händelser: {reviewed} av {events} är granskade.").format(
        reviewed=cells.count(standing.reviewed), events=cells.count(standing.events)
    )


def _wait(data: ProviderReport, cells: Cells) -> Iterator[str]:
    """Say of which joints nothing can be concluded, unless they already give reason to ask."""
    asked = {one.joint for one in sentences.high(data.outcomes, cells)}
    followed = [one for one in sentences.two_years(data.outcomes) if one.share.n]
    short = [one.joint for one in followed if todo.is_too_little(one) and one.joint not in asked]
    if short:
        yield _(
            "Dra ingen slutsats om {joints} än: operationerna är för få för att visa en sann andel som är mindre än "
            "dubbelt så hög som rikets."
        ).format(joints=todo.joined([phrases.joint(joint) for joint in short]))
    if data.flow.purchased and not followed:
        yield _("Bedöm inte utfallet än: inga operationer är följda i två år.")


def _claim(standing: Standing, cells: Cells) -> Iterator[str]:
    yield from todo.to_claim(standing, _("vårdgivaren"), cells)
    if todo.is_late(standing, cells):
        yield _late(standing, cells)
    if standing.missing_costs:
        yield _("Ta fram kostnaden för täckta händelser utan känd kostnad ({n}). Utan den kan inget krävas.").format(
            n=cells.count(standing.missing_costs)
        )


def _late(standing: Standing, cells: Cells) -> str:
    if cells.suppress:
        return _("Pröva vad som kan krävas fast sista anspråksdagen har passerat.")
    return ngettext(
        "Pröva om {amount} kan krävas: sista anspråksdagen har passerat för {n} händelse.",
        "Pröva om {amount} kan krävas: sista anspråksdagen har passerat för {n} händelser.",
        standing.passed,
    ).format(amount=kronor_rounded(standing.passed_amount), n=number(standing.passed))
