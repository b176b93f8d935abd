"""From a mapping in the making to a profile, and back to be changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kvalitetsapp.domain.dates import ISO_FORMAT
from kvalitetsapp.domain.inspection import Asked
from kvalitetsapp.domain.mapping import Certainty, ColumnMapping, Match, ReadAs, Why, columns_under
from kvalitetsapp.exchange import encodings
from kvalitetsapp.exchange.profiles import Profile


def profile_of(mapping: ColumnMapping, name: str) -> Profile:
    """Return the profile that a mapping makes: only what has been decided, nothing that is merely offered.

    Dates whose form nobody has told are read as ISO, so that they are turned away rather than read as the others.
    """
    seen, given = mapping.seen, [one.name for one in mapping.wanted if mapping.match(one.name).is_given]
    formats = _date_formats(mapping)
    usual = Counter(formats.values()).most_common(1)[0][0] if formats else ISO_FORMAT
    open_dates = {one: ISO_FORMAT for one in _dated(mapping) if mapping.sources(one) and one not in formats}
    return Profile(
        mapping.kind,
        name,
        {column: mapping.match(column).headers for column in given if mapping.match(column).headers},
        {column: mapping.match(column).constant for column in given if mapping.match(column).constant},
        mapping.tables(),
        encodings.known_encoding(seen.encoding) or encodings.UTF_8,
        seen.delimiter or ";",
        _decimal(mapping),
        usual,
        sheet=seen.sheet if len([sheet for sheet in seen.sheets if not sheet.hidden]) > 1 else "",
        header_row=seen.header_row,
        date_formats={column: stated for column, stated in (formats | open_dates).items() if stated != usual},
        prefixes={column: text for column, text in mapping.prefixes.items() if column in given},
        shorten=frozenset(column for column in mapping.shorten if mapping.match(column).headers),
    )


def of_profile(mapping: ColumnMapping, profile: Profile) -> ColumnMapping:
    """Return a mapping with what a profile says in place of what was suggested."""
    matches = {name: Match((), text, Certainty.CHOSEN, Why.PROFILE) for name, text in profile.constants.items()}
    matches |= {
        name: Match(headers, "", Certainty.CHOSEN, Why.PROFILE)
        for name, headers in profile.columns.items()
        if all(columns_under(mapping.seen, header) for header in headers)
    }
    chosen = {(name, value): meaning for name, table in profile.values.items() for value, meaning in table.items()}
    whole = replace(
        mapping,
        matches=matches,
        value_choices=chosen,
        prefixes=dict(profile.prefixes),
        shorten=frozenset(profile.shorten),
        answers={},
    )
    formats = {one.name: profile.date_formats.get(one.name, profile.date_format) for one in mapping.wanted}
    answers = {
        (asked, column.header): formats[one.name]
        for one in mapping.wanted
        if one.read_as is ReadAs.DATE
        for column in whole.sources(one.name)
        for asked in (Asked.DATE_FORMAT, Asked.NO_DATE_FORMAT)
    }
    return replace(whole, answers=answers)


def _date_formats(mapping: ColumnMapping) -> dict[str, str]:
    return {column: stated for column in _dated(mapping) if (stated := mapping.date_format(column))}


def _dated(mapping: ColumnMapping) -> list[str]:
    return [one.name for one in mapping.wanted if one.read_as is ReadAs.DATE]


def _decimal(mapping: ColumnMapping) -> str:
    for one in mapping.wanted:
        if one.read_as is not ReadAs.AMOUNT:
            continue
        for column in mapping.sources(one.name):
            if found := mapping.answers.get((Asked.DECIMAL, column.header)) or column.decimal:
                return found
    return ","
