"""The rules of data quality as `resources/quality/rules.toml` tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.quality import Limit, Origin, QualityRules, Rule
from kvalitetsapp.domain.words import Severity
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import toml_reading
from kvalitetsapp.exchange.toml_reading import NotTomlError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def read_quality_rules(path: Path) -> QualityRules:
    """Return every rule, the most severe first and otherwise in the order of the file.

    Raises:
        InputError: the file is missing, is no TOML, or a rule lacks something or stands there twice.
    """
    try:
        told = toml_reading.document(path.read_bytes())
        rules = sorted((_rule(each) for each in told["rule"]), key=lambda rule: list(Severity).index(rule.severity))
        sites = {str(joint): tuple(codes) for joint, codes in told["sites"].items()}
    except (OSError, UnicodeDecodeError, NotTomlError, KeyError, TypeError, ValueError) as fault:
        raise InputError(
            _("Regelfilen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault
    if len({rule.rule_id for rule in rules}) != len(rules):
        raise InputError(_("Regelfilen {file} har samma regel två gånger.").format(file=path.name))
    return QualityRules(tuple(rules), sites)


def _rule(told: dict[str, Any]) -> Rule:
    return Rule(
        rule_id=told["id"],
        severity=Severity(told["severity"]),
        origin=Origin(told["origin"]),
        title=told["title"],
        explanation=told["explanation"],
        action=told["action"],
        source=told["source"],
        enabled=told.get("enabled", True),
        codes=tuple(told.get("codes", ())),
        limits=tuple(_limit(each) for each in told.get("limit", ())),
    )


def _limit(told: dict[str, Any]) -> Limit:
    limit = Limit(told["name"], told["title"], told["unit"], told["default"], told["least"], told["most"])
    if not limit.least <= limit.default <= limit.most:
        raise ValueError(limit.name)
    return limit
