"""Reference collections: bones of one person in several files, and what is known of the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import ProblemLog
from homeward.formats.bone_rows import MOST_NAMED, Bone, Key
from homeward.formats.bone_values import BLANKS
from homeward.formats.numbers import parse_number
from homeward.osteology.specimens import Side

SHORTEST_CM, TALLEST_CM = 120.0, 230.0
"""Between these lies the stature of an adult; also how the unit of a column of statures is recognised."""
STATURE_UNITS = {1.0: "centimetres", 100.0: "metres", 0.1: "millimetres", 2.54: "inches"}

_STATURE = ("stature", "stature cm")
_SEXES = {**dict.fromkeys(("m", "male"), "m"), **dict.fromkeys(("f", "female"), "f")}
_UNKNOWN_SEX = BLANKS | {"u", "unknown", "?"}


@dataclass(frozen=True, slots=True, eq=False)
class KnownPeople:
    """What is known of the person of each of n bones.

    stature_cm: (n,) float64, NaN where not known. sexes: "m", "f" or "". ancestries: code of the collection, or "".
    """

    stature_cm: FloatArray
    sexes: tuple[str, ...]
    ancestries: tuple[str, ...]


def merge_files(files: Sequence[Sequence[Bone]], log: ProblemLog) -> tuple[list[Bone], tuple[str, ...]]:
    """Return the bones of several files as one list, and a note if any is in several files.

    One id is one person. A bone that is in several files is taken once, with the measurements and columns of all of
    them; where they differ about a value, that is noted in ``log``.
    """
    merged: dict[Key, Bone] = {}
    n_repeated = 0
    for bone in (bone for file in files for bone in file):
        if bone.side is Side.UNKNOWN:
            fix = "Write left or right; a bone whose side is not known cannot be a reference."
            log.add(f"Bone {bone.name} has no side.", where=bone.where, fix=fix)
        first = merged.get(bone.key)
        if first is None:
            merged[bone.key] = bone
            continue
        n_repeated += 1
        differing = [code for code, value in bone.values.items() if _differs(first.values.get(code), value)]
        if differing:
            log.add(
                f"Bone {bone.name} has different values of {', '.join(differing)} in two files.",
                where=f"{first.where} and {bone.where}",
                fix="One id is one person in all files: give different people different ids, or correct the values.",
            )
        known = {title: text for title, text in bone.other.items() if text.casefold() not in BLANKS}
        merged[bone.key] = replace(first, values={**bone.values, **first.values}, other={**first.other, **known})
    notes = (f"Bones that are in several files, each taken once: {n_repeated}.",) if n_repeated else ()
    return list(merged.values()), notes


def known_people(bones: Sequence[Bone], log: ProblemLog) -> tuple[KnownPeople, tuple[str, ...]]:
    """Return stature, sex and ancestry of the person of each bone, and notes on units and improbable statures.

    What is written on any bone of a person holds for all of them; where the bones differ, that is noted in ``log``.
    """
    columns = [{title.casefold().replace("_", " "): text for title, text in bone.other.items()} for bone in bones]
    sexes = [_sex(bone, column.get("sex", ""), log) for bone, column in zip(bones, columns, strict=True)]
    ancestries = [_known(column.get("ancestry", "")) for column in columns]
    statures = [next((text for name in _STATURE if (text := _known(column.get(name, "")))), "") for column in columns]
    numbers = [parse_number(text) for text in statures]
    for bone, text, number in zip(bones, statures, numbers, strict=True):
        if text and (number is None or number <= 0):
            log.add(
                f"'{text}' is no stature.", where=bone.where, fix="Give centimetres, such as 174.5, or leave it blank."
            )
    stature_of = _one_for_each(
        bones, [text if number else "" for text, number in zip(statures, numbers, strict=True)], "stature", log
    )
    sex_of = _one_for_each(bones, sexes, "sex", log)
    ancestry_of = _one_for_each(bones, ancestries, "ancestry", log)
    stature_cm, notes = _centimetres({person: parse_number(text) or np.nan for person, text in stature_of.items()})
    return KnownPeople(
        stature_cm=np.array([stature_cm.get(bone.id, np.nan) for bone in bones], dtype=float),
        sexes=tuple(sex_of.get(bone.id, "") for bone in bones),
        ancestries=tuple(ancestry_of.get(bone.id, "") for bone in bones),
    ), notes


def _differs(first: float | None, second: float) -> bool:
    """Whether both files have a value, and not the same one up to rounding by a program."""
    return first is not None and abs(first - second) > 1e-6 * second


def _known(text: str) -> str:
    """Return a text, "" for whatever stands for nothing."""
    return "" if text.casefold() in BLANKS else text


def _sex(bone: Bone, text: str, log: ProblemLog) -> str:
    """Return "m", "f" or "" for not known."""
    plain = text.casefold()
    if plain not in _SEXES and plain not in _UNKNOWN_SEX:
        log.add(f"'{text}' is no sex.", where=bone.where, fix="Write m or f, or leave it blank.")
    return _SEXES.get(plain, "")


def _one_for_each(bones: Iterable[Bone], texts: Iterable[str], what: str, log: ProblemLog) -> Mapping[str, str]:
    """Return what is written of each person, once for all bones."""
    found: dict[str, tuple[str, Bone]] = {}
    refused = set()
    for bone, text in zip(bones, texts, strict=True):
        if not text:
            continue
        first, place = found.setdefault(bone.id, (text, bone))
        if first != text and bone.id not in refused:
            refused.add(bone.id)
            log.add(
                f"Person {bone.id} has the {what} '{first}' and '{text}'.",
                where=f"{place.where} and {bone.where}",
                fix="One id is one person in all files: give different people different ids, or correct the rows.",
            )
    return {person: text for person, (text, _) in found.items()}


def _centimetres(statures: Mapping[str, float]) -> tuple[Mapping[str, float], tuple[str, ...]]:
    """Return statures in centimetres: the unit in which most are those of adults, centimetres if none is better."""
    values = np.array(list(statures.values()))
    if not len(values):
        return {}, ()
    shares = {
        factor: float(((values * factor >= SHORTEST_CM) & (values * factor <= TALLEST_CM)).mean())
        for factor in STATURE_UNITS
    }
    factor = max(shares, key=lambda one: shares[one])
    notes = []
    if factor != 1.0:
        notes.append(f"Statures were taken to be in {STATURE_UNITS[factor]} and turned into centimetres.")
    outside = [p for p, value in statures.items() if not SHORTEST_CM <= value * factor <= TALLEST_CM]
    if outside:
        named = ", ".join(f"{p} ({statures[p] * factor:g} cm)" for p in outside[:MOST_NAMED])
        more = f", and {len(outside) - MOST_NAMED} more" if len(outside) > MOST_NAMED else ""
        notes.append(f"People with a stature that few adults have, used as it is: {named}{more}.")
    return {person: value * factor for person, value in statures.items()}, tuple(notes)
