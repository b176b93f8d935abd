"""Figures that the sample county's providers and units are said to have published: invented, and some impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvalitetsapp.exchange.sample.rows import Row
    from kvalitetsapp.exchange.sample.shapes import Period

_RIM: Final = ("SE", "provider", "Rimfjärdens Ledklinik")
_HARBOUR: Final = ("SE", "unit", "Rimfjärden Hamnen")
_SKAR: Final = ("SE", "provider", "Skarhöjdens Ortopedi")
_NORTH: Final = ("SE", "unit", "Skarhöjden Norra")
_TRAN: Final = ("NO", "provider", "Tranmyrans Specialistvård")
_OF_N: Final = "påhittad; antalet är operationerna i samma tabell"
_NORWEGIAN: Final = "påhittad; den norska formen: andel som inte är reviderade"
_INVENTED: Final = "påhittad"
_FIGURES: Final = (
    # (country, level, unit), joint, indicator, value, unit of value, n, note
    (_RIM, "hip", "reoperation_2y", "1.2", "percent", "82", _OF_N),  # 1 of 82
    (_RIM, "hip", "operations", "82", "count", "", _INVENTED),
    (_RIM, "knee", "reoperation_2y", "1.5", "percent", "68", _OF_N),  # 1 of 68
    (_RIM, "hip", "satisfaction_1y", "93", "percent", "", _INVENTED),
    (_RIM, "hip", "patient_satisfaction", "98", "percent", "", _INVENTED),
    (_HARBOUR, "hip", "reoperation_2y", "2.0", "percent", "49", _OF_N),  # 1 of 49
    (_HARBOUR, "hip", "patient_satisfaction", "98", "percent", "", _INVENTED),
    (_SKAR, "hip", "reoperation_2y", "1.4", "percent", "117", _OF_N),  # no whole number of 117
    (_SKAR, "hip", "operations", "117", "count", "", _INVENTED),
    (_SKAR, "hip", "share_of_national_operations", "1", "percent", "", _INVENTED),
    (_SKAR, "hip", "patient_satisfaction", "99", "percent", "", _INVENTED),
    (_SKAR, "knee", "reoperation_2y", "1.9", "percent", "78", _OF_N),  # no whole number of 78
    (_NORTH, "hip", "reoperation_2y", "2.1", "percent", "66", _OF_N),  # no whole number of 66
    (_NORTH, "hip", "patient_satisfaction", "99", "percent", "", _INVENTED),
    (_TRAN, "hip", "not_revised_2y", "98", "percent", "54", _NORWEGIAN),
)


def own_figures(period: Period) -> list[Row]:
    """Return rows of `benchmarks` for the latest year whose operations have all been followed for two years."""
    year = str(period.last.year - 3)
    return [
        {
            "country": country,
            "level": level,
            "unit": unit,
            "joint": joint,
            "indicator": indicator,
            "value": value,
            "unit_of_value": unit_of_value,
            "n": n,
            "period": year,
            "source": f"{unit}, påhittad kvalitetsberättelse",
            "note": note,
        }
        for (country, level, unit), joint, indicator, value, unit_of_value, n, note in _FIGURES
    ]
