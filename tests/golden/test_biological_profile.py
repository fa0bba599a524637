"""Worked figures of sex, age, stature and teeth, from publications and by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest

from homeward.osteology.age import age_log10_lr
from homeward.osteology.age_methods import age_grid, interval_evidence
from homeward.osteology.dental_charts import FDI, WITHOUT_THIRD_MOLARS, DentalCharts, chart_of
from homeward.osteology.dental_evidence import pattern_frequency, teeth_log10_lr
from homeward.osteology.populations import ListedPopulation, NormalPopulation, share_within
from homeward.osteology.recorded_values import interval_log10_lr, normal_log10_lr
from homeward.osteology.sex import lr_from_accuracy, published_sex_finding, recorded_sex_log10_lr
from homeward.osteology.stature_equations import choose_lines

FIGURES = Path(__file__).parent / "biological_profile" / "figures.csv"
SOLDIERS = NormalPopulation(173.5, 6.5)
STATURES = ListedPopulation(np.arange(160.0, 190.1, 0.5))
YEARS = 80.0


def recorded(observed, on_record, male_share, error, *, calibrated=False):
    return recorded_sex_log10_lr(observed, on_record, male_share=male_share, error=error, calibrated=calibrated)


def age(half_width, *, is_inside, counted=False):
    share = (2 * half_width + counted) / YEARS
    return interval_log10_lr(is_inside=is_inside, share_inside=share, error=0.05)


def stature(estimate, on_record):
    return normal_log10_lr(estimate, 3.94, on_record, SOLDIERS, recorded_sd=1.0)


def stature_interval(*, is_inside):
    share = share_within(STATURES, 167.0, 181.0)
    return interval_log10_lr(is_inside=is_inside, share_inside=share, error=0.1)


def frequency(n_matches):
    """Frequency of a pattern that so many of 57,980 people have."""
    codes = np.zeros((57980, 32), dtype=np.uint8)
    pattern = chart_of({"16": "MOD", "36": "X"}, where="chart")
    codes[:n_matches, [FDI.index("16"), FDI.index("36")]] = pattern[[FDI.index("16"), FDI.index("36")]]
    people = DentalCharts(("",) * len(codes), codes, "made up")
    return pattern_frequency(pattern, people, WITHOUT_THIRD_MOLARS, confidence=0.95).frequency


def young_man():
    evidence = interval_evidence("report", "age", 18.0, 23.0, age_grid(14.875, 60.0))
    ages = ListedPopulation(np.array([19.0, 22.0, 31.0]))
    return age_log10_lr([evidence], 20.0, ages) - age_log10_lr([evidence], 25.0, ages)


def worked():
    """log10 of every figure that is a ratio, by its name."""
    notch, left, right = "sciatic-notch", "rhomboid-fossa-left", "rhomboid-fossa-right"
    none, twelve = frequency(0), frequency(12)
    return {
        "sex recorded half and half agrees": recorded("m", "m", 0.5, 0.05),
        "sex recorded half and half disagrees": recorded("f", "m", 0.5, 0.05),
        "sex recorded 97 % male agrees": recorded("m", "m", 0.97, 0.01),
        "sex recorded male observed female": recorded("f", "m", 0.97, 0.01),
        "sex calibrated agrees": recorded("m", "m", 0.97, 0.01, calibrated=True),
        "sex calibrated male observed female": recorded("f", "m", 0.97, 0.01, calibrated=True),
        "age 40 +- 6 inside": age(6, is_inside=True),
        "age 40 +- 6 outside": age(6, is_inside=False),
        "age 25 +- 5 inside": age(5, is_inside=True),
        "age 20 +- 3 inside": age(3, is_inside=True),
        "age 20 +- 3 outside": age(3, is_inside=False),
        "age 40 +- 6 counted inside": age(6, is_inside=True, counted=True),
        "age 40 +- 6 counted outside": age(6, is_inside=False, counted=True),
        "age 18-23 of a man of 20 over one of 25": young_man(),
        "stature 174.2 recorded 175.3": stature(174.2, 175.3),
        "stature 174.2 recorded 185.4": stature(174.2, 185.4),
        "stature 190 recorded 190.5": stature(190.0, 190.5),
        "stature 174 +- 7 inside": stature_interval(is_inside=True),
        "stature 174 +- 7 outside": stature_interval(is_inside=False),
        "sciatic notch 1": published_sex_finding(notch, "1").log10_lr,
        "sciatic notch 4": published_sex_finding(notch, "4").log10_lr,
        "rhomboid fossa left present": published_sex_finding(left, "present").log10_lr,
        "rhomboid fossa left absent": published_sex_finding(left, "absent").log10_lr,
        "rhomboid fossa right present": published_sex_finding(right, "present").log10_lr,
        "rhomboid fossa right absent": published_sex_finding(right, "absent").log10_lr,
        "Phenice": lr_from_accuracy(0.96),
        "teeth 28 agree none of 57980": teeth_log10_lr(28, 0, none, tooth_error=0.02),
        "teeth one contradiction 12 of 57980": teeth_log10_lr(28, 1, twelve, tooth_error=0.02),
        "teeth frequency none of 57980": np.log10(none),
        "teeth frequency 12 of 57980": np.log10(twelve),
        "tibia of 38.0 cm by the line of 1952": np.log10(printed_tibia()),
    }


def printed_tibia():
    lines = choose_lines("trotter-gleser-1952", group="white", sex="m")
    return next(line for line in lines if line.measurements == ("Tib_01",)).stature_cm(380.0)


def rows():
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return [(row["figure"], float(row["value"]), int(row["printed"])) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("figure", "value", "printed"), rows())
def test_a_worked_figure_comes_out_to_the_printed_digits(figure, value, printed):
    # Half a unit of the last printed digit, and what rounding of the printed figure's own inputs may add.
    assert 10 ** worked()[figure] == pytest.approx(value, abs=0.51 * 10.0**-printed)


def test_every_figure_is_worked():
    assert {figure for figure, *_ in rows()} == set(worked())
