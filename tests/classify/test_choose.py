"""Which classifier codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from azstance.classify.choose import make_coder
from azstance.classify.names import available, model_folder, rebuild_command
from azstance.codebook import Codebook
from azstance.errors import ModelError


@pytest.fixture
def bare(codebook: Codebook, tmp_path: Path) -> Codebook:
    """The same codebook in a folder without weights."""
    return replace(codebook, folder=tmp_path)


def test_the_best_there_is(codebook: Codebook) -> None:
    assert available(codebook) == ["minilm", "lexical"]
    best = make_coder(codebook, None)
    assert best.name.startswith("minilm ")
    assert best.encoder


def test_by_name(codebook: Codebook) -> None:
    lexical = make_coder(codebook, "lexical")
    assert lexical.name.startswith("lexical ")
    assert lexical.encoder is None
    cues = make_coder(codebook, "cues")
    assert (cues.name, cues.model) == ("cues", None)


def test_by_folder(bare: Codebook, codebook: Codebook) -> None:
    folder = model_folder(codebook, "lexical")
    assert make_coder(bare, str(folder)).name == make_coder(codebook, "lexical").name


def test_a_codebook_without_weights_is_coded_by_its_cues(bare: Codebook) -> None:
    assert available(bare) == []
    assert make_coder(bare, None).name == "cues"
    assert make_coder(bare, "cues").name == "cues"


@pytest.mark.parametrize("name", ["nosuch", "", "Minilm", "models/lexical", "/", "a\0b"])
def test_an_unknown_name(name: str, codebook: Codebook, bare: Codebook) -> None:
    for each in (codebook, bare):
        with pytest.raises(ModelError) as caught:
            make_coder(each, name)
        assert str(caught.value) == (
            f'--model: "{name}" is no model and no folder with a model.json. '
            "There are: minilm, lexical, cues."
        )


def test_a_name_that_the_codebook_has_no_weights_for(bare: Codebook) -> None:
    with pytest.raises(ModelError) as caught:
        make_coder(bare, "lexical")
    assert str(caught.value) == (
        "--model: the codebook azerbaijan-russia has no weights for the model lexical. Train it: "
        f"azstance train --codebook {bare.folder} --model lexical, or choose cues."
    )


def test_the_command_trains_what_is_asked_for(codebook: Codebook, bare: Codebook) -> None:
    folder = Path("weights")
    assert rebuild_command(codebook, "minilm", folder) == "azstance train --model minilm"
    # A copy of the packaged codebook has its name, and is another one.
    given = f"azstance train --codebook {bare.folder} --model minilm"
    assert rebuild_command(bare, "minilm", None) == given
    # Without --model both would go into folders below.
    given = "azstance train --model NAME --output weights"
    assert rebuild_command(codebook, None, folder) == given


def test_damaged_weights_in_a_folder(codebook: Codebook, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{}")
    (tmp_path / "weights.npz").write_bytes(b"")
    with pytest.raises(ModelError, match=r"model.json: is of another version .* --output /"):
        make_coder(codebook, str(tmp_path))
