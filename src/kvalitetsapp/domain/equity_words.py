"""What is said of groups that are compared: their names, their figures, and what weakens the comparison."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from kvalitetsapp.domain import outcome_tables
from kvalitetsapp.domain.equity import LEAST_PERSONS, EquityRule
from kvalitetsapp.domain.indicator import Direction, Measure
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS
from kvalitetsapp.domain.words import AGE_GROUPS, codes, word
from kvalitetsapp.texts import MINUS, N_, NOTHING, _, decimal, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.chart_data import Profile
    from kvalitetsapp.domain.equity import EquityFigures, EquityFinding, EquityGroup, Estimate
    from kvalitetsapp.domain.indicator import Indicator


class Figured(Protocol):
    """What tells how figures are written: an indicator, or a figure of one that was frozen."""

    @property
    def is_share(self) -> bool:
        """Tell whether figures are fractions of operations."""
        ...

    @property
    def decimals(self) -> int:
        """Return how many decimals they are told with."""
        ...


NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})
_FINDINGS: Final[dict[EquityRule, str]] = {
    EquityRule.NOTHING: N_("Ingen operation i urvalet har följts tillräckligt länge för att jämföras."),
    EquityRule.PRINTED: N_("Siffran är tryckt av någon annan: det finns inga egna operationer att dela upp."),
    EquityRule.OF_AGE: N_("Åldrar jämförs, så åldersstandardiserade värden finns inte."),
    EquityRule.OF_MEDIAN: N_("Måttet är en median, och medianer åldersstandardiseras inte."),
    EquityRule.SMALL_GROUP: N_(
        "Färre än {least} personer: {groups} ({n} av {of}). Inget eget värde och ingen skillnad visas, men de räknas "
        "i hela materialet."
    ),
    EquityRule.UNKNOWN: N_(
        "{key}: uppgift saknas för {n} av {of}. De står som en egen grupp; skillnaderna mellan de andra grupperna "
        "gäller bara dem med uppgift."
    ),
    EquityRule.NO_REFERENCE: N_(
        "Jämförelsegruppen saknas eller är för liten: {groups} ({n} av {of}). Ingen skillnad visas där."
    ),
    EquityRule.AGE_UNKNOWN: N_("Ålder saknas för {n} av {of}. De är inte med i det som är åldersstandardiserat."),
    EquityRule.NO_AGES: N_(
        "Någon åldersgrupp saknar operationer (för medelvärden: har färre än två): {groups} ({n} av {of}). De har "
        "inget åldersstandardiserat värde."
    ),
}


def difference_word(*, processed: bool) -> str:
    """Return what a difference is called: unprocessed until the known factors have been gone through."""
    return _("Genomgången skillnad") if processed else _("Obearbetad skillnad")


def key_word(key: str) -> str:
    """Return what a key is called."""
    return _(INDICATOR_KEYS[key].heading)


def group_word(key: str, code: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return the name of a group by one key; what is not told is a group of its own.

    `names` are those of codes that have no word in the program's vocabularies: municipalities.
    """
    if not code:
        return _("Uppgift saknas")
    vocabulary = INDICATOR_KEYS[key].vocabulary
    return word(vocabulary, code) if vocabulary else names.get(code, code)


def group_name(by: Sequence[str], words: Sequence[str], names: Mapping[str, str] = NO_NAMES) -> str:
    """Return the name of a group by all its keys: `Kvinna, 65-74`."""
    return ", ".join(group_word(key, code, names) for key, code in zip(by, words, strict=True))


def in_order(groups: Iterable[EquityGroup], by: Sequence[str]) -> tuple[EquityGroup, ...]:
    """Return groups in the order of their words, key by key, what is not told last."""

    def place(one: EquityGroup) -> tuple[tuple[bool, int, str], ...]:
        return tuple(_place(key, code) for key, code in zip(by, one.words, strict=True))

    return tuple(sorted(groups, key=place))


def _place(key: str, code: str) -> tuple[bool, int, str]:
    vocabulary = INDICATOR_KEYS[key].vocabulary
    known = AGE_GROUPS if key == "age_group" else codes(vocabulary) if vocabulary else ()
    return (not code, known.index(code) if code in known else len(known), code)


def split_name(found: EquityFigures) -> str:
    """Return what the groups are of: `Född i, inom ålder`."""
    first, *rest = (key_word(key) for key in found.by)
    if not rest:
        return first
    return _("{compared}, inom {rest}").format(compared=first, rest=_(" och ").join(one.lower() for one in rest))


def note(one: EquityGroup) -> str:
    """Return what a group is, or why it has no figure, "" where there is nothing to say."""
    if one.is_small:
        return _("färre än {n} personer").format(n=LEAST_PERSONS)
    if one.is_reference:
        return _("jämförelsegrupp")
    return "" if one.n else _("inget uppföljt")


# figures


def shown(one: Figured, value: float | None) -> str:
    """Return a figure as it is read, without its unit: `2,1`; nothing known is a dash."""
    if value is None:
        return NOTHING
    return decimal(value * (100 if one.is_share else 1), one.decimals)


def shown_signed(one: Figured, value: float | None) -> str:
    """Return a difference with its sign."""
    told = shown(one, value)
    return told if value is None or told.startswith(MINUS) or not told.strip("0,") else f"+{told}"


def interval(told: Estimate | None, write: str, one: Figured) -> str:
    """Return an interval as `1,2 till 3,4`, "" without one; `write` is figure, difference or ratio."""
    if told is None or (told.low is None and told.high is None):
        return ""
    low, high = (end_text(one, write, end) for end in (told.low, told.high))
    return _("{low} till {high}").format(low=low, high=high)


def with_interval(told: Estimate | None, write: str, one: Figured) -> str:
    """Return a figure with its interval: `2,1 (1,2 till 3,4)`; a dash where nothing is told."""
    if told is None:
        return NOTHING
    inside = interval(told, write, one)
    value = end_text(one, write, told.value)
    return f"{value} ({inside})" if inside else value


def end_text(one: Figured, write: str, value: float | None) -> str:
    """Return a figure, a difference or a ratio as a number."""
    if value is None:
        return "∞"
    if write == "ratio":
        return decimal(value, 2)
    return shown_signed(one, value) if write == "difference" else shown(one, value)


def unit_of_difference(one: Indicator) -> str:
    """Return what differences are told in."""
    return _("procentenheter") if one.is_share else outcome_tables.unit_of(one)


# what is said


def finding_texts(found: EquityFigures) -> tuple[str, ...]:
    """Return what weakens the comparison and with what effect; groups of which the same holds share a sentence."""
    by_rule: dict[EquityRule, list[EquityFinding]] = {}
    for one in found.findings:
        by_rule.setdefault(one.rule, []).append(one)
    return tuple(_finding_text(found, rule, alike) for rule, alike in by_rule.items())


def _finding_text(found: EquityFigures, rule: EquityRule, alike: Sequence[EquityFinding]) -> str:
    keys = found.by[1:] if rule is EquityRule.NO_REFERENCE else found.by
    named = [group_name(keys, one.group, found.names) if one.group else _("Alla") for one in alike]
    operations = sum(one.operations for one in alike)
    return _(_FINDINGS[rule]).format(
        groups="; ".join(named),
        key=key_word(found.by[0]) if found.by else "",
        least=LEAST_PERSONS,
        n=ngettext("{n} operation", "{n} operationer", operations).format(n=number(operations)),
        of=number(alike[0].of),
    )


def headline(found: EquityFigures, *, processed: bool = False) -> str:
    """Return what came out in a sentence or two; a difference is unprocessed until somebody has gone through it."""
    if not found.whole.n or not found.groups:
        return ""
    compared = [one for one in found.groups if one.difference is not None]
    if not compared:
        return _("Ingen skillnad kan visas.")
    told = [_difference(found, one) for one in found.differing]
    reference = group_word(found.by[0], found.reference, found.names)
    if not told:
        return _("Ingen grupp skiljer sig från ”{reference}” mer än slumpen ger (95 %).").format(reference=reference)
    return _("{unprocessed} mot ”{reference}”: {told}.").format(
        unprocessed=difference_word(processed=processed),
        reference=reference,
        told="; ".join(told),
    )


def _difference(found: EquityFigures, one: EquityGroup) -> str:
    """Return the difference of a group as it is, and behind it as it is age standardised."""
    figure = found.indicator
    crude = _("{group} {value} {unit} ({interval})").format(
        group=group_name(found.by, one.words, found.names),
        value=shown_signed(figure, one.difference.value if one.difference else None),
        unit=unit_of_difference(figure),
        interval=interval(one.difference, "difference", figure),
    )
    if one.standardised_difference is None:
        return crude
    return _("{crude}, åldersstandardiserat {value}").format(
        crude=crude, value=with_interval(one.standardised_difference, "difference", figure)
    )


def reading(found: EquityFigures, *, several: bool = False) -> tuple[str, ...]:
    """Return how figures are read: what they are held against, by which methods, and what they do not say.

    With `several` they are of several keys, each with a reference of its own.
    """
    reference = _("den största gruppen") if several else group_word(found.by[0], found.reference, found.names)
    told = [
        _("Skillnad och kvot är mot {reference}, med 95 % intervall.").format(reference=reference)
        if found.reference
        else "",
        _methods(found.indicator),
        _standard(found),
        _direction(found.indicator),
        _(
            "Av tjugo jämförelser utan verklig skillnad hamnar i genomsnitt en utanför intervallet. En person kan ha "
            "flera operationer, vilket gör intervallen något för smala."
        ),
    ]
    return tuple(one for one in told if one)


def _methods(one: Indicator) -> str:
    if one.is_share:
        return _("Andelar: Wilsons intervall, skillnad enligt Newcombe, kvot enligt Miettinen och Nurminen.")
    if one.measure is Measure.MEDIAN:
        return _("Medianer: intervall av ordningsstatistikor, skillnad och kvot enligt Price och Bonett.")
    return _("Medelvärden: Students intervall, skillnad enligt Welch, kvot enligt Bonett och Price.")


def _standard(found: EquityFigures) -> str:
    if found.ages is None:
        return ""
    method = _("Zou, Huang och Zhang") if found.indicator.is_share else _("Satterthwaite")
    first, last = found.ages
    ages = _("{first} och uppåt").format(first=first) if last is None else f"{first}–{last}"
    return _(
        "Åldersstandardiserat: direkt, europeisk standardbefolkning 2013, bara åldrarna {ages} som finns i "
        "materialet; intervall enligt {method}."
    ).format(ages=ages, method=method)


def _direction(one: Indicator) -> str:
    if one.direction is Direction.LOW:
        return _("Lågt värde är önskat.")
    return _("Högt värde är önskat.") if one.direction is Direction.HIGH else ""


# the profile


def profile_title(compared_here: int, lines: int) -> tuple[str, str]:
    """Return the title of a profile and the word for its middle; so many of its lines lack the nation."""
    if compared_here == lines and lines:
        return _("Procentuell avvikelse mot alla vårdgivare här, kvinnor och män"), _("Alla här")
    if compared_here:
        return _("Procentuell avvikelse mot riket eller alla här, kvinnor och män"), _("Riket eller alla här")
    return _("Procentuell avvikelse mot rikets värde, kvinnor och män"), _("Riket")


def profile_reading(chart: Profile | None) -> str:
    """Return how a profile is read, "" without one."""
    if chart is None:
        return ""
    read = _(
        "Åt höger är önskvärd riktning: en låg andel där låg är önskad, en hög där hög är önskad. Få operationer ger "
        "stora avvikelser av slumpen."
    )
    if any(bar.note for bar in chart.bars):
        return f"{read} {_('Där riket saknas, eller leden inte är vald, är jämförelsen alla vårdgivare här.')}"
    return read


def left_out(no_direction: Sequence[str], no_data: Sequence[str]) -> tuple[str, ...]:
    """Return which indicators a profile leaves out and why."""
    told = (
        (_("Utan önskad riktning, och därför inte med: {names}."), no_direction),
        (_("Utan uppföljda operationer i urvalet: {names}."), no_data),
    )
    return tuple(text.format(names=", ".join(names)) for text, names in told if names)
