"""azstance report: what it writes, what it refuses, how it ends."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from azstance import analyze
from azstance.cli import main

SEED = Path(__file__).resolve().parent.parent.parent / "seeds" / "003_1bff2a0e8b13079f.txt"


def run(*words: str) -> int:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr("sys.argv", ["azstance", *words])
        main()
    return int(ended.value.code or 0)


def test_writes_a_page(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", str(SEED), "-q") == 0
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.endswith("</html>")


def test_what_was_not_scored_is_on_the_page_and_in_the_exit_status(tmp_path, capsys) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "003.txt").write_bytes(SEED.read_bytes())
    (folder / "empty<b>.txt").write_bytes(b"")
    page = tmp_path / "page.html"
    assert run("report", str(folder), "-q", "-o", str(page)) == 2
    assert "not scored: " in capsys.readouterr().err
    assert "empty&lt;b&gt;.txt</code>" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "{seed}"), "is one of the files to be read"),
        (("-o", "none/page.html"), "there is no folder none"),
        (("--max-mb", "1"), "--max-mb: 1 is not possible. Give a number from 3 to 2000."),
        (("--per", "week"), '--per: there is no "week". Periods: month, year.'),
        (("--per", "mnth"), '--per: there is no "mnth". Did you mean "month"? Periods: month,'),
        (("--events", "none.toml"), "none.toml"),
    ],
)
def test_what_is_refused_before_any_work(tmp_path, monkeypatch, capsys, words, said) -> None:
    monkeypatch.chdir(tmp_path)
    given = [word.format(seed=SEED) for word in words]
    assert run("report", str(SEED), "-q", *given) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize("library", ["altair", "vl_convert", "prince"])
def test_missing_library_is_told_with_what_to_install(
    tmp_path, monkeypatch, capsys, library
) -> None:
    real = importlib.util.find_spec
    gone = {"azstance.render.charts.drawing", "azstance.comparing.profile_map"}
    for module in gone:
        monkeypatch.setattr(
            f"{module}.find_spec", lambda name: None if name == library else real(name)
        )
    monkeypatch.chdir(tmp_path)
    assert run("report", str(SEED), "-q") == 2
    assert 'pip install "azstance[report]"' in capsys.readouterr().err
    assert not (tmp_path / "report.html").exists()


def test_groups_of_the_configuration_are_not_scored(tmp_path, monkeypatch) -> None:
    """The page makes its own: `by` of azstance.toml is for azstance score."""
    asked = []
    real = analyze.score_paths

    def watched(paths, config, *more):
        asked.append(config.by)
        return real(paths, config, *more)

    monkeypatch.setattr(analyze, "score_paths", watched)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "azstance.toml").write_text('by = "year"\n', encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run("report", "empty.txt", "-q") == 2
    assert asked == ["article"]


def test_nothing_scored_writes_nothing(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run("report", "empty.txt", "-q") == 2
    assert "nothing was scored; report.html is left as it was" in capsys.readouterr().err
    assert not (tmp_path / "report.html").exists()
