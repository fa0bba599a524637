"""The command that says whether a family is informative and who should be sampled next: power."""

from __future__ import annotations

from typing import Annotated

import typer

from homeward.cli.analyses import (
    CaseArgument,
    JsonOption,
    MinimumFrequencyOption,
    OutOption,
    PopulationOption,
    RaiseRareOption,
    RescaleOption,
    ThetaOption,
    as_text,
    choose_population,
    read_content,
    say_written,
    write_results,
)
from homeward.identification.policy import Policy, policy_of

MissingOption = Annotated[
    list[str] | None, typer.Option("--missing", metavar="ID", help="A missing person; all of the case without it.")
]
NextOption = Annotated[
    list[str] | None,
    typer.Option(
        "--next",
        metavar="PERSON",
        help="A relative who could be sampled next, by the name in the pedigree; may be given several times. Without "
        "it, everybody of whom nothing is typed.",
    ),
]
TypedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--typed",
        metavar="PERSON",
        help="In a comparison of pedigrees: somebody who would be typed; may be given several times. Without it, all "
        "who have a profile, as if they had none yet.",
    ),
]
SimulationsOption = Annotated[int, typer.Option(min=1, help="Simulated sets of profiles under each hypothesis.")]
SeedOption = Annotated[int, typer.Option(min=0, help="The same seed and version give the same figures.")]
ThresholdOption = Annotated[
    float | None,
    typer.Option(
        help="log10 LR that counts as reached.", show_default=f"{Policy().identified_log10_glr:g}, as the policy asks"
    ),
]
DropoutOption = Annotated[
    float, typer.Option(help="Probability that an allele of the missing person's sample is not seen, in [0, 1).")
]


def power(
    case: CaseArgument,
    missing: MissingOption = None,
    next_relatives: NextOption = None,
    typed: TypedOption = None,
    simulations: SimulationsOption = 10_000,
    seed: SeedOption = 1,
    threshold: ThresholdOption = None,
    dropout: DropoutOption = 0.0,
    as_json: JsonOption = False,
    out: OutOption = None,
    minimum_frequency: MinimumFrequencyOption = None,
    raise_rare: RaiseRareOption = False,
    rescale_frequencies: RescaleOption = False,
    theta: ThetaOption = None,
    population: PopulationOption = None,
) -> None:
    """Say whether a family is informative, and who should be sampled next.

    For a case that compares pedigrees: how well the first and the last pedigree can be told apart.
    """
    from homeward.cli.power_tables import print_power
    from homeward.cli.progress import shown_progress
    from homeward.identification.power import power as power_of
    from homeward.identification.power import power_settings
    from homeward.reports.power_document import power_document

    content = choose_population(
        read_content(case, minimum_frequency, rescale_frequencies, raise_rare), population, theta
    )
    policy = policy_of(content)
    settings = power_settings(policy, n_simulations=simulations, seed=seed, log10_threshold=threshold, dropout=dropout)
    with shown_progress() as progress:
        result = power_of(
            content,
            missing=missing or (),
            next_relatives=next_relatives or (),
            typed=typed or (),
            settings=settings,
            policy=policy,
            progress=progress,
        )
    document = power_document(result)
    if out is not None:
        from homeward.reports.power_report import power_page

        write_results(out, {"report.html": power_page(result), "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
    else:
        print_power(result)
        say_written(out)
