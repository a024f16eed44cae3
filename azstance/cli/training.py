"""The command that trains the classifier of a codebook."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from azstance.cli import options as opt
from azstance.cli import output
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from azstance.training import Trained

_MODELS = ("minilm", "lexical")

Data = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="FILE",
        help="Coded sentences to learn from. [default: training.jsonl of the codebook]",
        show_default=False,
    ),
]
Which = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="minilm or lexical. [default: both]",
        show_default=False,
        autocompletion=opt.among(_MODELS),
    ),
]
Folder = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="Where the weights go. [default: models/NAME in the folder of the codebook]",
        show_default=False,
    ),
]


def train(
    codebook: opt.Codebook = None,
    data: Data = None,
    model: Which = None,
    folder: Folder = None,
    pipeline: opt.Pipeline = None,
    seed: opt.Seed = None,
    jobs: opt.Jobs = None,
    quiet: opt.Quiet = False,
) -> None:
    """Train the classifier of a codebook from coded sentences.

    The same sentences, codebook and seed make the same weights. The figures shown are of articles
    that the classifier had not seen.
    """
    from azstance.config import load_config

    config = load_config({"codebook": codebook, "pipeline": pipeline, "seed": seed, "jobs": jobs})
    if model is not None and model not in _MODELS:
        from azstance.tomlfile import suggestion

        remedy = suggestion(model, _MODELS, "Models")
        raise ConfigError(f'there is no model "{model}" to train', where="--model", remedy=remedy)
    from azstance.nlp.pipeline import one_thread

    one_thread()  # before numpy comes in
    from azstance import training

    chosen = [model] if model else list(_MODELS)
    with output.steps(quiet) as tick:
        trained = training.train(config, chosen, data=data, output=folder, tick=tick)
    with output.printing() as stdout:
        stdout.writelines(f"{line}\n" for each in trained for line in _summary(each))


def _summary(trained: Trained) -> list[str]:
    from azstance.render.clean import plain
    from azstance.tomlfile import shown_path

    about, figures = trained.model.about, trained.figures
    frames = ", ".join(
        f"{name} {'n/a' if value is None else format(value, '.3f')}"
        for name, value in figures["presence_f1"].items()
    )
    return [
        plain(f"{trained.model.name}: written to {shown_path(trained.folder)}"),
        f"  learned from {about['sentences']} sentences of {about['articles']} articles",
        f"  on held-out parts of them: F1 of presence {figures['mean_presence_f1']:.3f} "
        f"({plain(frames)}),",
        f"  F1 of frame and polarity {figures['micro_f1']:.3f}",
    ]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        short_help="Train the classifier of a codebook.",
        epilog="Example: azstance train --codebook my-codebook/",
    )(train)
