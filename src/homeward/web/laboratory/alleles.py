"""What was typed, as text: a locus a line, and the one form in which the record keeps it.

``D3S1358 15 16``; ``TH01 12 ?`` where one allele could not be read; ``vWA -`` untyped; ``FGA inconclusive`` and
``SE33 failed`` as words, as a failure is a result. Mitochondrial DNA is a difference from the reference a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from homeward.core.errors import Problem, ProblemLog
from homeward.formats.frequency_rules import is_repeat_number
from homeward.formats.genotypes import locus_letters
from homeward.genetics.alleles import UNKNOWN_ALLELE
from homeward.genetics.databases.frequencies import bundled_databases, load_database
from homeward.genetics.databases.kits import MarkerType, kits
from homeward.genetics.databases.str_loci import str_loci
from homeward.genetics.lineage.mitochondrial import read_mt_haplotype

UNTYPED: Final = "-"
INCONCLUSIVE: Final = "inconclusive"
FAILED: Final = "failed"
WORDS: Final = (UNTYPED, INCONCLUSIVE, FAILED)
"""What stands in place of alleles where there are none."""

AMELOGENIN: Final = "AMEL"
MOST_COPIES: Final = 4
"""Alleles of one person at one locus, at a locus that a chromosome has more than once."""

Typing = Mapping[str, tuple[str, ...]]
"""Alleles by locus, or one of ``WORDS`` alone."""

_SEX_LINKED = re.compile(r"D[XY][SF][0-9]{1,6}(?:S[0-9])?[A-Za-z.]{0,3}|HPRTB|ARA")
"""How loci of the X and the Y chromosome are called that no kit here has."""
_OFF_LADDER = re.compile(r"[<>][0-9]{1,3}(?:\.[0-9])?")
_PENTA = re.compile(r"^penta[ _-]+([a-z])\b", re.IGNORECASE)
_BASE = re.compile(r"[ACGT]{1,20}|[-]")


@lru_cache(maxsize=1)
def known_loci() -> Mapping[str, str]:
    """Return the name of every STR locus that kits and frequency databases know, by its letters, in their order."""
    names: dict[str, None] = dict.fromkeys(str_loci())
    for name, populations in bundled_databases().items():
        names |= dict.fromkeys(load_database(name, populations[0]).loci)
    names |= dict.fromkeys(marker.name for markers in kits().values() for marker in markers)
    return {locus_letters(name): name for name in names} | {"amelogenin": AMELOGENIN}


@lru_cache(maxsize=1)
def y_loci() -> frozenset[str]:
    """Return the names of the loci on the Y chromosome."""
    markers = (marker for markers in kits().values() for marker in markers)
    return frozenset(marker.name for marker in markers if marker.type is MarkerType.Y)


@lru_cache(maxsize=1)
def _order() -> Mapping[str, int]:
    """The place of each locus in the text of a profile."""
    return {name: place for place, name in enumerate(dict.fromkeys(known_loci().values()))}


def canonical_text(text: str, system: str, *, regions: str = "", where: str) -> tuple[str, str]:
    """Return alleles and regions in the form that the record keeps.

    Parameters
    ----------
    text, regions : str
        As somebody wrote them.
    system : str
        Which part of the genome, as `homeward.web.laboratory.profiles.System`.
    where : str
        What to call the place in a problem.

    Raises
    ------
    InputError
        With every line that cannot be read.
    """
    if system == "mt":
        if not text.strip() and not regions.strip():
            return "", ""
        haplotype = read_mt_haplotype(text, regions, where=where)
        return haplotype.text, haplotype.regions_text
    log = ProblemLog()
    typing = _read(text, system, where, log)
    if regions.strip():
        log.add("Regions are read of mitochondrial DNA only.", where=where, fix="Leave them out.")
    log.raise_if_any()
    return typing_text(typing), ""


def typing_text(typing: Typing) -> str:
    """Return a typing as text: loci in the order of the tables, alleles in ascending order."""
    order = _order()
    names = sorted(typing, key=lambda name: (order.get(name, len(order)), name))
    return "\n".join(f"{name.replace(' ', '')} {' '.join(typing[name])}" for name in names)


def read_typing(text: str) -> dict[str, tuple[str, ...]]:
    """Return a typing from text that the record kept."""
    return {full_name(name): tuple(alleles) for name, *alleles in map(str.split, text.splitlines())}


def full_name(name: str) -> str:
    """Return the name of a locus from that in a text, which has no blanks: Penta E for PentaE."""
    return f"Penta {name[5:]}" if name.startswith("Penta") else name


def seen_alleles(typing: Typing) -> dict[str, tuple[str, ...]]:
    """Return the loci of a typing at which anything was seen, an unread second allele included."""
    return {locus: alleles for locus, alleles in typing.items() if alleles and alleles[0] not in WORDS}


def _read(text: str, system: str, where: str, log: ProblemLog) -> dict[str, tuple[str, ...]]:
    """Read a locus a line, and note what cannot be."""
    typing: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = re.split(r"[\s,;]+", _PENTA.sub(r"Penta\1", line.strip()))
        if words == [""]:
            continue
        name, at = locus_name(words[0], system), f"{where}, line {number}"
        if name is None:
            fix = "Write it as 'homeward database panel' does."
            log.add(f"{words[0]!r} is no {'SNP' if system == 'snp' else 'STR locus'} that is known.", where=at, fix=fix)
            continue
        if name in typing:
            log.add(f"{name} is given twice.", where=at, fix="Write each locus once.")
        problem, alleles = read_alleles(name, words[1:], system)
        if problem is not None:
            log.extend([Problem(problem.what, at, problem.fix)])
        typing[name] = alleles
    return typing


def locus_name(name: str, system: str) -> str | None:
    """Return how the record writes the name of a locus; ``None`` if it is not known."""
    if system == "snp":
        return name if re.fullmatch(r"[A-Za-z0-9_.:-]{2,40}", name) else None
    known = known_loci().get(locus_letters(name))
    return known or (name if _SEX_LINKED.fullmatch(name) else None)


def read_alleles(locus: str, words: Sequence[str], system: str) -> tuple[Problem | None, tuple[str, ...]]:
    """Return the alleles of a locus as the record keeps them, and what is wrong with them if anything is."""
    given = [word for word in words if word]
    plain = tuple(word.casefold() for word in given)
    if len(set(plain)) == 1 and plain[0] in WORDS:
        return None, (plain[0],)
    if not given:
        return Problem(f"{locus} has no alleles.", locus, f"Write '{UNTYPED}' if it was not typed."), (UNTYPED,)
    wrong = [word for word in given if not _is_allele(word.upper(), locus, system)]
    if wrong:
        fix = "Write a number of repeats such as 9.3, '?' for one that could not be read, or inconclusive or failed."
        return Problem(f"{wrong[0]!r} is no allele of {locus}.", locus, fix), (UNTYPED,)
    known = sorted((word.upper() for word in given if word != UNKNOWN_ALLELE), key=allele_order)
    alleles = (*known, *[UNKNOWN_ALLELE] * (len(given) - len(known)))
    if not known:
        return Problem(f"Nothing was read of {locus}.", locus, f"Write '{INCONCLUSIVE}'."), (INCONCLUSIVE,)
    least = 2 if system in ("str", "snp") and locus not in y_loci() else 1
    most = MOST_COPIES if system == "y-str" or locus in y_loci() else 2
    if not least <= len(alleles) <= most:
        needed = "two alleles" if least == most else f"{least} to {most} alleles"
        fix = "Write a homozygote twice (15 15), and '?' for an allele that could not be read."
        return Problem(f"{locus} has {len(alleles)} alleles, and {needed} are wanted.", locus, fix), alleles
    return None, alleles


def allele_order(allele: str) -> tuple[float, str]:
    """Return by what alleles are put in order: numbers by size."""
    number = allele.lstrip("<>")
    return (float(number) if is_repeat_number(number) else 0.0, allele)


def _is_allele(word: str, locus: str, system: str) -> bool:
    """Whether a word can be an allele of a locus."""
    if word == UNKNOWN_ALLELE:
        return True
    if locus == AMELOGENIN:
        return word in ("X", "Y")
    if system == "snp":
        return _BASE.fullmatch(word) is not None
    return is_repeat_number(word) or _OFF_LADDER.fullmatch(word) is not None


def sex_shown(typing: Typing) -> str:
    """Return the sex that amelogenin shows, "male" or "female"; empty if it was not read."""
    alleles = typing.get(AMELOGENIN, ())
    if "Y" in alleles:
        return "male"
    return "female" if tuple(alleles) == ("X", "X") else ""


def loci_in_common(first: Typing, second: Typing) -> Iterator[str]:
    """Return the loci at which both show two alleles, amelogenin aside."""
    for locus, alleles in first.items():
        others = second.get(locus)
        if others is None or locus == AMELOGENIN or not len(alleles) == len(others) == 2:
            continue
        if UNKNOWN_ALLELE not in alleles and UNKNOWN_ALLELE not in others:
            yield locus
