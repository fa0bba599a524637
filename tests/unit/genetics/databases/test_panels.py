"""Panels made of a database and the STR loci."""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.databases.frequencies import load_database
from homeward.genetics.databases.panels import EXPANDED_24, IDENTIFILER, make_panel
from homeward.genetics.databases.str_loci import mutation_rate_per_meiosis, str_loci
from homeward.genetics.mutation import MutationKind
from homeward.genetics.panel import check_panel
from homeward.genetics.pedigree import Sex

DATABASE = load_database("NIST 1036", "US Hispanic")


def test_the_expanded_panel_has_24_loci_and_the_15_of_identifiler_among_them():
    assert len(set(EXPANDED_24)) == 24
    assert len(set(IDENTIFILER)) == 15
    assert set(IDENTIFILER) < set(EXPANDED_24)
    order = list(str_loci())
    assert [order.index(locus) for locus in EXPANDED_24] == sorted(order.index(locus) for locus in EXPANDED_24)


@pytest.mark.parametrize("mutation", [MutationKind.NONE, MutationKind.EQUAL, MutationKind.STEPWISE])
def test_every_bundled_locus_makes_a_usable_panel(mutation):
    panel = make_panel(DATABASE, list(DATABASE.loci), mutation=mutation)
    check_panel(panel, where="the panel")
    assert panel.database == "NIST 1036, US Hispanic, 236 people"
    assert all(locus.male_mutation.mutates == (mutation is not MutationKind.NONE) for locus in panel.loci)


def test_a_locus_has_the_frequencies_of_the_database_and_the_number_counted():
    (locus,) = make_panel(DATABASE, ["TH01"]).loci
    assert locus.alleles == DATABASE.loci["TH01"].alleles
    assert np.array_equal(locus.frequencies, DATABASE.loci["TH01"].frequencies)
    assert (locus.database_size, locus.chromosome) == (472, "11")


def test_a_rate_is_mutations_over_meioses_of_that_sex():
    assert mutation_rate_per_meiosis("FGA", Sex.MALE) == pytest.approx(2210 / 692776, abs=5e-7)
    assert mutation_rate_per_meiosis("FGA", Sex.FEMALE) == pytest.approx(205 / 408230, abs=5e-7)


def test_a_locus_with_few_or_no_meioses_takes_the_rate_of_the_others_together():
    counted = [locus for locus in str_loci().values() if locus.meioses.get(Sex.FEMALE, 0) >= 10_000]
    assert "SE33" not in {locus.name for locus in counted}
    pooled = sum(of.mutations[Sex.FEMALE] for of in counted) / sum(of.meioses[Sex.FEMALE] for of in counted)
    for locus in ("SE33", "D12S391", "LPL"):
        assert mutation_rate_per_meiosis(locus, Sex.FEMALE) == pytest.approx(pooled, abs=5e-7)
    assert mutation_rate_per_meiosis("SE33", Sex.MALE) == pytest.approx(330 / 51610, abs=5e-7)


def test_every_locus_that_is_not_there_is_named_at_once():
    with pytest.raises(InputError) as refused:
        make_panel(DATABASE, ["TH01", "DYS391", "D99S1"], mutation=MutationKind.CUSTOM)
    where = " ".join(f"{problem.where} {problem.what}" for problem in refused.value.problems)
    assert len(refused.value.problems) == 3
    assert "DYS391" in where
    assert "D99S1" in where
    assert "matrices" in where
