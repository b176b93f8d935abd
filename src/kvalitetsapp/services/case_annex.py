"""The annex with a provider's cases: sealed, logged as disclosed contact by contact, and traced."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import file_password, identity
from kvalitetsapp.domain.case_annex import NUMBERS_WORDS, CaseAnnex, PersonalNumbers, table
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.provider_question import TextPart, lacking_in
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.report_data import Manifest
from kvalitetsapp.domain.report_seal import fingerprint
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import kept_files, provider_questions, report_contents, report_making
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import audit, concerned, disclosures, identities, review_answers
from kvalitetsapp.store.disclosures import NewDisclosure
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.services.workspace import Workspace

MADE: Final = "case_annex_made"
IDENTIFIED: Final = "identities_disclosed"
_ENCODING: Final = "utf-8-sig"  # a spreadsheet that opens a CSV file by itself knows it by the mark
_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class AnnexOrder:
    """Whose cases, to whom and on what ground (the code of an offered one or own words), and how patients are told."""

    provider_id: str
    receiver: str
    ground: str
    numbers: PersonalNumbers = PersonalNumbers.NONE


@dataclass(frozen=True, slots=True)
class AnnexOutcome:
    """The file, how many cases are in it, and what to say."""

    path: Path
    cases: int
    said: str
    changes: Changes = frozenset({Changed.QUESTIONS})


@needs(Right.EXPORT_IDENTIFIED)
def write(
    workspace: Workspace, order: AnnexOrder, out: Path, password: str, *, progress: Progress | None = None
) -> AnnexOutcome:
    """Write the annex to `out` behind a password, which is used and forgotten, and log everything it discloses.

    Raises:
        InputError: there is no such provider or nothing linked to it, receiver or ground is missing, or the password
            is weak.
        RefusedError: the file cannot be written, the store is open to be read only, or the user may not read reviews.
        CancelledError: the user cancelled; no file is left.
    """
    report_making.demand_readable(workspace, ReportKind.CASES)
    progress = progress or Progress()
    progress.step(0, _STEPS, _("Samlar underlaget"))
    order = _checked(workspace, order)
    data, keys = gather(workspace, order)
    if weakness := file_password.weakness(password, data.head.subject, order.receiver):
        raise InputError(weakness)
    progress.step(1, _STEPS, _("Skriver rapporten"))
    content = _sealed(data, password, out.stem)
    progress.step(2, _STEPS, _("Sparar rapporten"))
    kept_files.keep_all(
        workspace, {out: lambda path: path.write_bytes(content)}, lambda: _record(workspace, order, data, keys)
    )
    said = _("Bilagan med {n} händelser är skriven och utlämnandet är antecknat.").format(n=len(data.cases))
    return AnnexOutcome(out, len(data.cases), said)


def gather(workspace: Workspace, order: AnnexOrder) -> tuple[CaseAnnex, tuple[EventKey, ...]]:
    """Return everything in the annex, and the events in it.

    Raises:
        InputError: there is no such provider, or nothing is linked to its operations.
    """
    from kvalitetsapp.analysis import report_cases

    about = Order(ReportKind.PROVIDER, order.provider_id)
    report_making.demand_known(workspace, about)
    source = report_making.source(workspace, about)
    found = report_cases.cases(source, review_answers.standing(workspace.store), _patient(workspace, order.numbers))
    name = source.names[order.provider_id]
    if not found:
        raise InputError(_("{provider} har inga kopplade händelser. Ingen bilaga är skriven.").format(provider=name))
    bare = CaseAnnex(
        head=report_contents.head(workspace, source, name, small_numbers=SmallNumbers.OPEN),
        receiver=order.receiver,
        ground=order.ground,
        numbers=order.numbers,
        cases=tuple(case for _key, case in found),
        manifest=_manifest(workspace, source, order),
    )
    sealed = replace(bare, manifest=replace(bare.manifest, fingerprint=fingerprint(bare)))
    return sealed, tuple(key for key, _case in found)


def _checked(workspace: Workspace, order: AnnexOrder) -> AnnexOrder:
    """Return the order with its texts as they are kept."""
    if lacking := lacking_in(order.receiver, TextPart.RECEIVER):
        raise InputError(lacking)
    why = provider_questions.ground_in_words(workspace, order.ground)
    return replace(order, receiver=order.receiver.strip(), ground=why)


def _patient(workspace: Workspace, numbers: PersonalNumbers) -> Callable[[int], str]:
    """Return what tells of a person only what may be told."""
    if numbers is PersonalNumbers.NONE:
        return lambda _person: ""
    known = identities.personal_ids(workspace.store)
    if numbers is PersonalNumbers.WHOLE:
        return lambda person: known[person]
    return lambda person: identity.masked(known[person])


def _manifest(workspace: Workspace, source: ReportFrames, order: AnnexOrder) -> Manifest:
    parameters = (
        (_("Omfattning"), source.names[order.provider_id]),
        (_("Personnummer"), _(NUMBERS_WORDS[order.numbers])),
    )
    return Manifest(report_contents.imported_files(workspace), report_contents.definitions(workspace), parameters)


def _sealed(data: CaseAnnex, password: str, name: str) -> bytes:
    from kvalitetsapp.exchange import table_files
    from kvalitetsapp.reports import case_annex, sealed_pdf

    told = table_files.as_csv(table(data.cases), for_spreadsheets=True)
    attached = {f"{name}.csv": told.encode(_ENCODING)}
    return sealed_pdf.sealed(case_annex.build(data), attached, file_password.as_used(password))


def _record(workspace: Workspace, order: AnnexOrder, data: CaseAnnex, keys: Sequence[EventKey]) -> None:
    """Trace the annex and log what it disclosed, once for every contact in it."""
    told = {
        "kind": ReportKind.CASES.value,
        "fingerprint": data.manifest.fingerprint,
        "receiver": order.receiver,
        "ground": order.ground,
        "cases": len(data.cases),
        "numbers": order.numbers.value,
    }
    detail = json.dumps(told, ensure_ascii=False)
    about = concerned.of_episodes(workspace.store, (key.episode for key in keys))
    audit.append(workspace.store, workspace.user, MADE, target=order.provider_id, detail=detail, patients=about)
    if order.numbers is not PersonalNumbers.NONE:
        count = str(len(data.cases))
        audit.append(
            workspace.store, workspace.user, IDENTIFIED, target=order.provider_id, detail=count, patients=about
        )
    what = _("Ärendebilaga för {provider}").format(provider=data.head.subject)
    for episode in sorted({key.episode for key in keys}):
        new = NewDisclosure(workspace.today, what, order.receiver, order.ground, workspace.user, episode)
        disclosures.add(workspace.store, new)
