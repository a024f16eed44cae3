"""Where codebooks are found: in an installed package, in a checkout, in a user's folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import azstance
from azstance.errors import CodebookError
from azstance.resources import (
    codebook_folder,
    codebook_names,
    language_folder,
    language_names,
    lexicons_folder,
)

Make = Callable[..., Path]
PACKAGE = Path(azstance.__file__).parent
ROOT = Path(__file__).parents[2]


def test_known_names() -> None:
    assert "azerbaijan-russia" in codebook_names()
    assert "english" in language_names()
    assert not set(codebook_names()) & set(language_names())


def test_a_checkout_has_the_lexicons_beside_the_package(tmp_path: Path) -> None:
    (tmp_path / "azstance").mkdir()
    (tmp_path / "lexicons").mkdir()
    assert lexicons_folder(tmp_path / "azstance") == tmp_path / "lexicons"


def test_a_wheel_has_them_inside_and_those_come_first(tmp_path: Path) -> None:
    (tmp_path / "azstance" / "lexicons").mkdir(parents=True)
    (tmp_path / "lexicons").mkdir()
    assert lexicons_folder(tmp_path / "azstance") == tmp_path / "azstance" / "lexicons"


def test_without_lexicons_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"not there.*Install azstance again"):
        lexicons_folder(tmp_path / "azstance")


@pytest.mark.parametrize("inside", [True, False], ids=["wheel", "checkout"])
def test_the_packaged_codebook_loads_in_both_layouts(tmp_path: Path, inside: bool) -> None:
    site = tmp_path / "site"
    shutil.copytree(PACKAGE, site / "azstance", ignore=shutil.ignore_patterns("__pycache__"))
    target = site / "azstance" / "lexicons" if inside else site / "lexicons"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(lexicons_folder(), target)
    code = "from azstance.codebook import load_codebook as load; print(load().folder)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(run.stdout.strip()).resolve() == (target / "azerbaijan-russia").resolve()


@pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="not a checkout")
def test_the_wheel_is_told_to_carry_the_lexicons() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"]["lexicons"] == "azstance/lexicons"


def test_a_folder_a_file_in_it_or_a_name(make: Make) -> None:
    folder = make()
    assert codebook_folder("cb") == folder
    assert codebook_folder("cb/codebook.toml") == folder
    assert codebook_folder(str(folder.resolve())) == folder.resolve()
    packaged = lexicons_folder() / "azerbaijan-russia"
    assert codebook_folder(None) == packaged
    assert codebook_folder("azerbaijan-russia") == packaged


def test_an_edited_copy_in_the_current_folder_is_the_one_that_counts(make: Make) -> None:
    copy = make().rename("azerbaijan-russia")
    assert codebook_folder("azerbaijan-russia") == copy
    assert codebook_folder(None) != copy


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("azerbaijan-rusia", 'no codebook "azerbaijan-rusia". Did you mean "azerbaijan-russia"?'),
        ("zzz", "Packaged codebooks: azerbaijan-russia"),
        ("english", 'no codebook "english"'),
        ("empty", "empty: the folder holds no codebook.toml"),
        ("a\x1b[2J", r'no codebook "a\x1b[2J"'),
    ],
)
def test_an_unknown_codebook_is_answered_with_the_known_ones(
    make: Make, name: str, says: str
) -> None:
    make()
    Path("empty").mkdir()
    with pytest.raises(CodebookError) as caught:
        codebook_folder(name)
    assert says in str(caught.value)


def test_a_language_is_packaged_or_beside_the_codebook(make: Make) -> None:
    folder = make()
    assert language_folder("english", folder) == lexicons_folder() / "english"
    (folder / "own").mkdir()
    with pytest.raises(CodebookError, match=r'no language "own".*Packaged languages: english'):
        language_folder("own", folder)
    (folder / "own" / "scope.toml").write_text("")
    assert language_folder("own", folder) == folder / "own"
