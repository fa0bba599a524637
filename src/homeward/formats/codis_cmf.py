"""Reading profiles from CODIS import files (CMF 3.2 and later): specimens with their loci, as XML."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.source_text import read_bytes
from homeward.formats.typed_profiles import TypedProfile

ROOT = "CODISImportFile"


def read_codis_file(path: Path) -> list[TypedProfile]:
    """Return the specimens of a CODIS import file, in its order; names of elements count without their namespace.

    Raises
    ------
    InputError
        The file is no such XML, holds no specimen, or one without id, or a locus of a specimen twice; all are listed.
    """
    content, _ = read_bytes(path)
    root = _parsed(content, path.name)
    if _name(root) != ROOT:
        what = f"The file begins with <{_name(root)}>, and a CODIS import file with <{ROOT}>."
        raise InputError(Problem(what, path.name, "Export it from CODIS or the typing software as a CMF file."))
    log = ProblemLog()
    found: dict[str, TypedProfile] = {}
    for number, specimen in enumerate((one for one in root.iter() if _name(one) == "SPECIMEN"), start=1):
        where = f"{path.name}, specimen {number}"
        name = _text(specimen, "SPECIMENID")
        if not name or name in found:
            what = f"There are two specimens {name}." if name else "The specimen has no id."
            log.add(what, where=where, fix="Give each an id of its own.")
            continue
        found[name] = TypedProfile(name, where, _loci(specimen, where, log), _text(specimen, "SPECIMENCATEGORY"))
    if not found and not log:
        log.add("There is no specimen in the file.", where=path.name, fix="Check that this is the right file.")
    log.raise_if_any()
    return list(found.values())


def _parsed(content: bytes, name: str) -> Element:
    """The root of an XML file; one that defines entities is refused."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        what = f"The file cannot be read as XML: {error}."
        raise InputError(Problem(what, name, "Export it again; it is damaged, or no CODIS import file.")) from error
    return root


def _loci(specimen: Element, where: str, log: ProblemLog) -> dict[str, tuple[str, ...]]:
    """The alleles of each locus of a specimen."""
    found: dict[str, tuple[str, ...]] = {}
    for locus in (one for one in specimen.iter() if _name(one) == "LOCUS"):
        name = _text(locus, "LOCUSNAME")
        if not name or name in found:
            what = f"{name} is given twice." if name else "A locus has no name."
            log.add(what, where=where, fix="Keep one of each, with its name.")
        values = [(one.text or "").strip() for one in locus.iter() if _name(one) == "ALLELEVALUE"]
        found[name] = tuple(value for value in values if value)
    return found


def _name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _text(element: Element, name: str) -> str:
    """The text of the first child of a name."""
    return next(((one.text or "").strip() for one in element if _name(one) == name), "")
