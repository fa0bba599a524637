"""The settings of a case folder: case.toml."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.source_text import read_source

FILE = "case.toml"
KINDS = ("resolve", "kinship")
_TEXTS = ("title", "kind", "database", "description", "source")
_KNOWN = (*_TEXTS, "theta", "synthetic", "notes", "options", "priors", "populations")


@dataclass(slots=True)
class CaseSettings:
    """What case.toml says; see docs/case-folder.md."""

    title: str = ""
    kind: str = "resolve"
    database: str = ""
    description: str = ""
    source: str = ""
    theta: float = 0.0
    synthetic: bool = False
    notes: list[str] = field(default_factory=list)
    options: dict[str, str | float] = field(default_factory=dict)
    priors: dict[str, float] = field(default_factory=dict)
    reference_population: str = ""
    population_theta: dict[str, float] = field(default_factory=dict)
    population_size: dict[str, int] = field(default_factory=dict)


def read_settings(folder: Path, log: ProblemLog, inputs: list[InputFile]) -> CaseSettings:
    """Return the settings; what cannot be used is noted in ``log``. Without the file the defaults hold."""
    settings = CaseSettings(title=folder.resolve().name)
    if not (folder / FILE).exists():
        return settings
    with log.collecting():
        source = read_source(folder / FILE)
        inputs.append(source.input)
        try:
            values = tomllib.loads(source.text)
        except tomllib.TOMLDecodeError as error:
            log.add(f"This is not TOML: {error}.", where=FILE, fix='Write lines such as: title = "Case 12"')
            return settings
        except (RecursionError, ValueError):
            # The reader gives up on brackets nested thousands deep and on numbers of thousands of digits.
            fix = 'Write lines such as: title = "Case 12"'
            log.add("A value in this file is too long or too deeply nested to be read.", where=FILE, fix=fix)
            return settings
        for key, value in values.items():
            _take(key, value, settings, log)
    return settings


def _take(key: str, value: Any, settings: CaseSettings, log: ProblemLog) -> None:
    """Take one setting after checking it."""
    at = f"{FILE}, {key}"
    if key not in _KNOWN:
        log.add(
            f"The setting '{key}' is not known.",
            where=FILE,
            fix=f"Remove or rename it. Known are: {', '.join(_KNOWN)}.",
        )
    elif key in _TEXTS:
        if not isinstance(value, str):
            log.add(f"The {key} is not text.", where=at, fix="Put it in double quotes.")
        elif key == "kind" and value not in KINDS:
            log.add(f"The kind '{value}' is not known.", where=at, fix=f"Write one of: {', '.join(KINDS)}.")
        else:
            setattr(settings, key, value)
    elif key == "synthetic":
        if not isinstance(value, bool):
            log.add("This is neither true nor false.", where=at, fix="Write: synthetic = true")
        settings.synthetic = bool(value)
    elif key == "theta":
        settings.theta = _theta(value, at, log)
    elif key == "notes":
        if not isinstance(value, list) or not all(isinstance(note, str) for note in value):
            log.add("The notes are not a list of texts.", where=at, fix='Write: notes = ["first note", "second note"]')
        else:
            settings.notes = value
    elif not isinstance(value, dict):
        log.add(
            f"The {key} are not a table.", where=at, fix=f"Write [{key}] and below it lines of the form: name = value"
        )
    elif key == "options":
        _take_options(value, settings, log)
    elif key == "populations":
        _take_populations(value, settings, log)
    else:
        _take_priors(value, settings, log)


def _take_options(values: dict[str, Any], settings: CaseSettings, log: ProblemLog) -> None:
    """Take the choices for the analysis; their names and ranges are checked by the policy."""
    for name, value in values.items():
        number = _number(value)
        if isinstance(value, str):
            settings.options[name] = value
        elif number is not None:
            settings.options[name] = int(value) if isinstance(value, int) else number
        else:
            log.add(
                "This is neither text nor a number.",
                where=f"{FILE}, options, {name}",
                fix="Write, for example: min_loci = 10",
            )


def _take_priors(values: dict[str, Any], settings: CaseSettings, log: ProblemLog) -> None:
    """Take the weights of the hypotheses."""
    for name, value in values.items():
        weight = _number(value)
        if weight is None or weight < 0:
            log.add(
                f"The prior {value} is not a number of 0 or more.",
                where=f"{FILE}, priors, {name}",
                fix="Give a weight.",
            )
        else:
            settings.priors[name] = weight
    if settings.priors and not any(settings.priors.values()):
        log.add("All priors are 0.", where=f"{FILE}, priors", fix="Give at least one hypothesis a weight above 0.")


def _theta(value: Any, at: str, log: ProblemLog) -> float:
    """Return a co-ancestry coefficient, 0 where it cannot be used (noted)."""
    theta = _number(value)
    if theta is None or not 0.0 <= theta < 1.0:
        log.add(f"Theta {value} is not a number in [0, 1).", where=at, fix="Write, for example: theta = 0.01")
        return 0.0
    return theta


_OF_POPULATIONS = ("reference", "theta", "database_size")


def _take_populations(values: dict[str, Any], settings: CaseSettings, log: ProblemLog) -> None:
    """Take what is said of populations; that they exist is checked with the frequencies."""
    for key, value in values.items():
        at = f"{FILE}, populations, {key}"
        if key not in _OF_POPULATIONS:
            fix = f"Remove or rename it. Known are: {', '.join(_OF_POPULATIONS)}."
            log.add(f"The setting '{key}' of populations is not known.", where=at, fix=fix)
        elif key == "reference":
            if not isinstance(value, str):
                log.add("The reference is not text.", where=at, fix="Put the name of the population in double quotes.")
            else:
                settings.reference_population = value
        elif not isinstance(value, dict):
            log.add(f"The {key} is not given by population.", where=at, fix=f'Write: {key} = {{ "Name" = ... }}')
        elif key == "theta":
            settings.population_theta = {name: _theta(one, f"{at}, {name}", log) for name, one in value.items()}
        else:
            for name, one in value.items():
                if isinstance(one, bool) or not isinstance(one, int) or one <= 0:
                    fix = "Give the number of alleles counted: twice the number of people."
                    log.add(f"{one} is not a whole number above zero.", where=f"{at}, {name}", fix=fix)
                else:
                    settings.population_size[name] = one


def _number(value: Any) -> float | None:
    """Return a finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
        return None
    return float(value) if math.isfinite(value) else None
