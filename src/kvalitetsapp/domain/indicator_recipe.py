"""A recipe as people read it: its own words, and beside them what its parts say to the program, in words.

Both stand there so that they can be held against each other: a numerator that says 90 days
over a window of 30 is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.indicator import OWN, Anchor, Answered, Counted
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.indicator import CodeSpan, Cohort, Count, Indicator, Window

Line = tuple[str, str]

INDICATORS: Final[tuple[Column, ...]] = (
    Column("indicator", Kind.TEXT, N_("Indikator")),
    Column("version", Kind.TEXT, N_("Version")),
    Column("name", Kind.TEXT, N_("Namn")),
    Column("measure", Kind.CODE, N_("Mått"), "measure"),
    Column("counted", Kind.CODE, N_("Vad som räknas"), "counted"),
    Column("direction", Kind.CODE, N_("Önskad riktning"), "direction"),
    Column("nature", Kind.CODE, N_("Slag av mått"), "nature"),
    Column("follow_up_days", Kind.INTEGER, N_("Uppföljning (dagar)")),
    Column("levels", Kind.TEXT, N_("Kan delas upp efter")),
    Column("family", Kind.TEXT, N_("Kommer från")),
    Column("verified", Kind.FLAG, N_("Prövad mot källan")),
)
"""Every indicator with what chooses it; several levels have spaces between them."""

RECIPES: Final[tuple[Column, ...]] = (
    Column("indicator", Kind.TEXT, N_("Indikator")),
    Column("version", Kind.TEXT, N_("Version")),
    Column("part", Kind.TEXT, N_("Del")),
    Column("text", Kind.TEXT, N_("Recept")),
)
"""Recipes laid out, a row per part."""


def listed_table(indicators: Iterable[Indicator]) -> Table:
    """Return indicators as rows of `INDICATORS`, in their order."""
    return Table(INDICATORS, [_listed(one) for one in indicators])


def recipes_table(indicators: Iterable[Indicator], tables: CodeTables | None = None) -> Table:
    """Return recipes as rows of `RECIPES`, in their order."""
    return Table(
        RECIPES,
        [
            (one.indicator_id, one.version, label, text)
            for one in indicators
            for label, text in recipe_text(one, tables)
        ],
    )


def recipe_text(one: Indicator, tables: CodeTables | None = None) -> tuple[Line, ...]:
    """Return a recipe as labels and texts, in the order in which it is read.

    With the code tables also the codes that linked events of its classes come from, and titles of its own codes.
    """
    return tuple((label, text) for label, text in _lines(one, tables) if text)


def _lines(one: Indicator, tables: CodeTables | None) -> Iterator[Line]:
    yield _("Indikator"), f"{one.name} ({one.indicator_id})"
    yield _("Version"), one.version
    yield _("Syfte"), one.purpose
    yield _("Täljare"), one.numerator
    yield _("Nämnare"), one.denominator
    yield _("Undantag"), one.exclusions
    yield _("Mått"), word("measure", one.measure)
    yield _("Vad som räknas"), counted_text(one.count)
    yield _("Koder"), codes_text(one.count, tables, one.cohort.joints)
    yield _("Vilka operationer"), cohort_text(one.cohort, tables)
    yield _("Tid"), window_text(one)
    yield _("Önskad riktning"), word("direction", one.direction)
    yield _("Slag av mått"), word("nature", one.nature)
    yield _("Kan delas upp efter"), ", ".join(_(INDICATOR_KEYS[each].heading).lower() for each in one.level)
    yield _("Jämförs med"), word("indicator", one.benchmark)
    yield _("Källa"), one.source
    yield _("Prövad mot källan"), _("Ja") if one.verified else _("Nej")
    yield _("Anmärkning"), one.note
    yield _("Kommer från"), family_text(one)


def family_text(one: Indicator) -> str:
    """Return where a recipe comes from."""
    return _("Egen") if one.family == OWN else _("Följer med programmet ({file})").format(file=one.family)


def counted_text(count: Count) -> str:
    """Return what is counted, with what narrows it, as a sentence without an end."""
    return "; ".join([word("counted", count.kind), *_narrowed(count)])


def window_text(one: Indicator) -> str:
    """Return when it has to have happened and for how long an operation is followed."""
    if one.count.kind is Counted.ANSWER:
        return _followed(one.follow_up_days)
    if one.window.last is None:
        return _("Inget att vänta på: räknas från första dagen")
    return "; ".join((_days(one.window), _followed(one.follow_up_days)))


def cohort_text(cohort: Cohort, tables: CodeTables | None = None) -> str:
    """Return whose operations are meant."""
    told = [
        (_("led"), _words("joint", cohort.joints)),
        (_("protes"), _words("prosthesis", cohort.prostheses)),
        (_("åtgärd"), _spans(cohort.codes, tables)),
        (_("huvuddiagnos"), _spans(cohort.diagnoses, tables)),
        (_("inte huvuddiagnos"), _spans(cohort.not_diagnoses, tables)),
        (_("ersättningsväg"), _words("payer_route", cohort.payer_routes)),
        (_("vårdform"), _words("care_form", cohort.care_forms)),
    ]
    narrowed = "; ".join(f"{what}: {text}" for what, text in told if text)
    return narrowed or _("Alla primäroperationer")


def codes_text(count: Count, tables: CodeTables | None = None, joints: tuple[str, ...] = ()) -> str:
    """Return the codes that are counted among operations of these joints (none: of any), with their days.

    "" where no codes decide.
    """
    match count.kind:
        case Counted.CODES:
            return _spans(count.codes, tables)
        case Counted.ADVERSE:
            return _list_of_codes(joints)
        case Counted.LINKED if count.classes and tables is not None:
            return _of_classes(count.classes, joints, tables)
        case Counted.LINKED:
            return _("Enligt kodtabellerna för komplikationer och åtgärder (R3, R7 och R8)")
        case _:
            return ""


def _narrowed(count: Count) -> Iterator[str]:
    match count.kind:
        case Counted.LINKED:
            yield _("kirurgi: {words}").format(words=_words("surgery_level", count.levels) or _("oavsett"))
            yield _("slag: {words}").format(words=_words("complication_class", count.classes) or _("alla"))
            yield _lowered(word("reviewed", count.reviewed))
        case Counted.ADVERSE:
            yield _("grupper: {words}").format(words=", ".join(count.groups) or _("alla"))
        case Counted.CODES:
            yield _("plats: {words}").format(words=_lowered(word("code_position", count.position)))
        case Counted.ANSWER:
            yield from _answered(count)
        case Counted.PUBLISHED:
            yield word("indicator", count.published)
        case _:
            return


def _answered(count: Count) -> Iterator[str]:
    instruments = ", ".join(_(INSTRUMENTS.get(each, each)) for each in count.instruments)
    yield _("formulär: {words}").format(words=instruments)
    if count.items:
        yield _("frågor: {words}").format(words=", ".join(count.items))
    yield _("tillfälle: {words}").format(words=_(OCCASIONS.get(count.occasion, count.occasion)))
    told = _lowered(word("answered", count.answered))
    match count.answered:
        case Answered.GAIN:
            yield _("{told} sedan {before}").format(told=told, before=_(OCCASIONS.get(count.before, count.before)))
        case _:
            yield told
    if count.at_least is not None:
        yield _("minst {limit}").format(limit=plain(count.at_least))
    if count.at_most is not None:
        yield _("högst {limit}").format(limit=plain(count.at_most))


INSTRUMENTS: Final = {
    "hoos12": "HOOS-12",
    "koos12": "KOOS-12",
    "eq5d": "EQ-5D",
    "eqvas": "EQ VAS",
    "satisfaction": N_("nöjdhet"),
    "prem": N_("upplevelse av vården"),
    "weight": N_("vikt: förlorad övervikt i procent"),
}
_OF_REGISTERS: Final = ("codes",)
OCCASIONS: Final = {
    "preop": N_("före operationen"),
    "90d": N_("90 dagar efter operationen"),
    "1y": N_("ett år efter operationen"),
    "2y": N_("två år efter operationen"),
    "6y": N_("sex år efter operationen"),
    "10y": N_("tio år efter operationen"),
}


def plain(value: float) -> str:
    """Return a limit as it is written: whole without decimals, else with a comma."""
    return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")


def _days(window: Window) -> str:
    texts = {
        Anchor.OPERATION: _("Dag {first} till {last} efter operationen, båda med"),
        Anchor.DISCHARGE: _("Dag {first} till {last} efter utskrivningen, båda med"),
    }
    return texts[window.anchor].format(first=number(window.first), last=number(window.last or 0))


def _followed(days: int) -> str:
    return ngettext("operationer som är följda i {n} dag", "operationer som är följda i {n} dagar", days).format(
        n=number(days)
    )


def _spans(spans: Iterable[CodeSpan], tables: CodeTables | None) -> str:
    return ", ".join(_span(each, tables) for each in spans)


def _span(span: CodeSpan, tables: CodeTables | None) -> str:
    """Return a code as people write it: `T84… Titel (från 2015-01-01)`."""
    titles = {} if tables is None else {**tables.procedure_titles, **tables.diagnosis_titles}
    code = " ".join(filter(None, (f"{span.code}…" if span.prefix else span.code, titles.get(span.code, ""))))
    start, end = (None if day is None else day.isoformat() for day in (span.valid_from, span.valid_to))
    match start, end:
        case None, None:
            return code
        case _, None:
            return _("{code} (från {start})").format(code=code, start=start)
        case None, _:
            return _("{code} (till {end})").format(code=code, end=end)
        case _:
            return _("{code} ({start} till {end})").format(code=code, start=start, end=end)


def _list_of_codes(joints: tuple[str, ...]) -> str:
    """Return where the list of adverse events stands that counts for these joints (none: for those of registers)."""
    folders = families.folders(joints) or _OF_REGISTERS
    if folders == _OF_REGISTERS:
        return _("Registrens lista, codes/adverse_events.csv, med den plats varje kod ska stå på")
    files = ", ".join(f"{folder}/adverse_events.csv" for folder in folders)
    return _("Listan {files}, med den plats varje kod ska stå på").format(files=files)


def _of_classes(classes: tuple[str, ...], joints: tuple[str, ...], tables: CodeTables) -> str:
    """Return the codes that give an event of these joints (none: of any) one of the classes, by the code tables."""
    diagnoses = sorted(
        {
            f"{each.code}…" if each.prefix else each.code
            for each in tables.complication_diagnoses
            if each.complication_class in classes and (not joints or each.joint in (*joints, "any"))
        }
    )
    procedures = sorted(
        {
            code
            for (code, joint), kind in tables.complication_procedures.items()
            if kind in classes and (not joints or joint in joints)
        }
    )
    return _("diagnoser: {diagnoses}; åtgärder: {procedures}; enligt kodtabellerna, utan datumgränser").format(
        diagnoses=", ".join(diagnoses) or _("inga"), procedures=", ".join(procedures) or _("inga")
    )


def _words(vocabulary: str, codes: Iterable[str]) -> str:
    return ", ".join(_lowered(word(vocabulary, each)) for each in codes)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(one: Indicator) -> tuple[str | int, ...]:
    return (
        *(one.indicator_id, one.version, one.name, one.measure.value, one.count.kind.value, one.direction.value),
        one.nature.value,
        *(one.follow_up_days, " ".join(one.level), one.family, int(one.verified)),
    )
