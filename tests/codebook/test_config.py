"""Settings: which layer wins, where files are looked for, and how mistakes are answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.check_settings import CheckSettings
from azstance.config import KEYS, Config, load_config
from azstance.errors import ConfigError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder in it, which is the current one."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    return tmp_path


def load(environment: dict[str, str] | None = None, **options: object) -> Config:
    return load_config(options, Path.cwd(), environment or {})


def test_defaults(here: Path) -> None:
    assert load() == Config()
    assert (load().corpus, load().codebook, load().seed) == ("seeds", None, 20260101)
    assert (load().resamples, load().level, load().jobs) == (1000, 0.95, 0)


def test_each_layer_beats_the_one_before(here: Path) -> None:
    assert load().seed == 20260101
    (here / "azstance.toml").write_text("seed = 1\nlevel = 0.9\n")
    assert load().seed == 1
    assert load({"AZSTANCE_SEED": "2"}).seed == 2
    config = load({"AZSTANCE_SEED": "2"}, seed=3)
    assert (config.seed, config.level) == (3, 0.9)
    assert dict(config.origins) == {"seed": "--seed", "level": f"{here}/azstance.toml:2"}


def test_an_option_that_was_not_given_does_not_count(here: Path) -> None:
    (here / "azstance.toml").write_text("seed = 1\n")
    assert load(seed=None).seed == 1


def test_every_key_can_be_set_in_a_file(here: Path) -> None:
    (here / "sub" / "azstance.toml").write_text(
        'corpus = "texts"\ncodebook = "mine"\npipeline = "en_core_web_md"\n'
        'model = "cues"\nseed = 1\n'
        "resamples = 200\nlevel = 0.9\njobs = 2\nmax_bytes = 3\nencoding = 'cp1251'\n"
        'by = "outlet"\nevidence = 2\ncache = "off"\ncache_mb = 5\n'
        '[fields]\ntext = "body"\n[check]\nfail_on = "note"\n'
    )
    config = load()
    assert config == Config(
        check=CheckSettings(fail_on="note"),
        corpus="texts",
        codebook="mine",
        pipeline="en_core_web_md",
        model="cues",
        seed=1,
        resamples=200,
        level=0.9,
        jobs=2,
        max_bytes=3,
        encoding="cp1251",
        fields={"text": "body"},
        by="outlet",
        evidence=2,
        cache="off",
        cache_mb=5,
        origins=config.origins,
    )
    assert sorted(config.origins) == sorted(KEYS)


def test_every_key_can_be_set_in_the_environment(here: Path) -> None:
    config = load(
        {
            "AZSTANCE_CORPUS": "texts",
            "AZSTANCE_LEVEL": "0.8",
            "AZSTANCE_JOBS": " 2 ",
            "AZSTANCE_FIELDS": "text=body, date = day",
            "AZSTANCE_PIPELINE": "",
            "AZSTANCE_DEBUG": "1",
            "OTHER": "x",
        }
    )
    assert (config.corpus, config.level, config.jobs) == ("texts", 0.8, 2)
    assert config.fields == {"text": "body", "date": "day"}
    assert config.pipeline is None
    assert config.origins["jobs"] == "AZSTANCE_JOBS"


def test_field_names_of_all_layers_come_together(here: Path) -> None:
    (here / "azstance.toml").write_text('[fields]\ntext = "a"\ndate = "b"\n')
    config = load({"AZSTANCE_FIELDS": "date=c"}, fields={"url": "d"})
    assert config.fields == {"text": "a", "date": "c", "url": "d"}


# ---- where the file is ----


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("files", "seed"),
    [
        ({"sub/azstance.toml": "seed = 1", "azstance.toml": "seed = 2"}, 1),
        ({"azstance.toml": "seed = 2"}, 2),
        ({"../azstance.toml": "seed = 3"}, 20260101),
        ({"sub/pyproject.toml": "[tool.azstance]\nseed = 4"}, 4),
        ({"sub/pyproject.toml": "[tool.azstance]\nseed = 4", "sub/azstance.toml": "seed = 5"}, 5),
        ({"sub/pyproject.toml": "[tool.ruff]", "azstance.toml": "seed = 6"}, 6),
        ({"sub/pyproject.toml": "[tool.azstance]", "azstance.toml": "seed = 7"}, 20260101),
        ({"sub/pyproject.toml": "not toml", "azstance.toml": "seed = 8"}, 8),
        ({"sub/pyproject.toml": '[project]\nname = "azstance"', "azstance.toml": "seed = 9"}, 9),
    ],
)
def test_the_first_file_upward_wins_up_to_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], seed: int
) -> None:
    root = tmp_path / "repository"
    write(root / ".git", "gitdir: elsewhere")
    (root / "sub").mkdir()
    for name, text in files.items():
        write(root / name, text)
    monkeypatch.chdir(root / "sub")
    assert load().seed == seed


def test_paths_in_a_file_are_seen_from_the_file(here: Path) -> None:
    (here / "books").mkdir()
    write(here / "azstance.toml", 'corpus = "texts"\ncodebook = "books"\n')
    assert (load().corpus, load().codebook) == ("../texts", "../books")
    write(here / "azstance.toml", 'corpus = "/abs/texts"\ncodebook = "azerbaijan-russia"\n')
    assert (load().corpus, load().codebook) == ("/abs/texts", "azerbaijan-russia")
    write(here / "azstance.toml", 'codebook = "./none"\n')
    assert load().codebook == "../none"
    assert load(corpus="texts").corpus == "texts"
    assert load({"AZSTANCE_CODEBOOK": "books"}).codebook == "books"


# ---- mistakes ----

MISTAKES = [
    ("sead = 1", 'unknown key "sead". Did you mean "seed"?'),
    ("[feilds]", 'unknown key "feilds". Did you mean "fields"?'),
    ("origins = {}", 'unknown key "origins"'),
    ('fields = {body = "x"}', 'unknown key "body"'),
    ("fields = {text = 1}", '"text" is a whole number (1)'),
    ('fields = "text"', '"fields" is text between quotation marks ("text")'),
    ('seed = "1"', '"seed" is text between quotation marks ("1")'),
    ("seed = -1", '"seed" is -1. It must be from 0 to 4294967295.'),
    ("seed = 1.5", '"seed" is a number (1.5)'),
    ("jobs = true", '"jobs" is true or false (true)'),
    ("resamples = 0", "from 100 to 1000000"),
    ("level = 95", '"level" is 95. It must be from 0.5 to 0.9999.'),
    ("level = nan", '"level" is nan'),
    ("max_bytes = 0", "It must be from 1"),
    ("evidence = -1", "It must be from 0"),
    ('by = "outlets"', 'Did you mean "outlet"? It can be: article, outlet, author, year.'),
    ('encoding = "utf-9"', '"encoding" is "utf-9". Write a known one'),
    ('encoding = "a\\u0000b"', "Write a known one"),
    ('corpus = ""', '"corpus" is empty'),
    ("corpus = [", "not valid TOML"),
]


@pytest.mark.parametrize(("line", "says"), MISTAKES)
@pytest.mark.parametrize(
    "place", [("azstance.toml", "# settings\n", 2), ("pyproject.toml", "[tool.azstance]\n\n", 3)]
)
def test_a_mistake_in_a_file_is_told_with_its_line(
    here: Path, place: tuple[str, str, int], line: str, says: str
) -> None:
    name, head, number = place
    body = line.replace("[feilds]", "[tool.azstance.feilds]" if "py" in name else line)
    write(here / "sub" / name, head + body + "\n")
    with pytest.raises(ConfigError) as caught:
        load()
    assert str(caught.value).startswith(f"{name}:{number}: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"AZSTANCE_SEED": "x"}, 'AZSTANCE_SEED: "seed" is "x". It must be a whole number.'),
        ({"AZSTANCE_LEVEL": "x"}, 'AZSTANCE_LEVEL: "level" is "x". It must be a number.'),
        ({"AZSTANCE_LEVEL": "2"}, 'AZSTANCE_LEVEL: "level" is 2.0. It must be from 0.5'),
        ({"AZSTANCE_BY": "years"}, 'AZSTANCE_BY: "by" is "years". Did you mean "year"?'),
        ({"AZSTANCE_FIELDS": "text"}, 'AZSTANCE_FIELDS: "fields" is "text". Write it as'),
        ({"AZSTANCE_FIELDS": "txt=b"}, 'AZSTANCE_FIELDS: unknown key "txt". Did you mean "text"?'),
        ({"AZSTANCE_CORPSU": "x"}, "AZSTANCE_CORPSU: the environment variable is no setting. Did"),
    ],
)
def test_a_mistake_in_the_environment(here: Path, environment: dict[str, str], says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(environment)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"max_bytes": 0}, '--max-bytes: "max_bytes" is 0. It must be from 1'),
        ({"seed": "1"}, '--seed: "seed" is text'),
        ({"sed": 1}, '--sed: unknown setting "sed". Did you mean "seed"?'),
    ],
)
def test_a_mistake_in_an_option(here: Path, options: dict[str, object], says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(options, here, {})
    assert str(caught.value).startswith(says)


def test_an_unreadable_file_is_an_error_and_not_overlooked(here: Path) -> None:
    (here / "sub" / "azstance.toml").write_bytes(b"corpus = '\xff'")
    with pytest.raises(ConfigError, match=r"^azstance.toml:1: the file is not UTF-8"):
        load()


@given(
    st.dictionaries(
        st.sampled_from([f"AZSTANCE_{key.upper()}" for key in KEYS]),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
        | st.integers().map(str)
        | st.floats().map(str),
        max_size=3,
    )
)
def test_any_environment_is_taken_or_answered(environment: dict[str, str]) -> None:
    try:
        config = load_config({}, Path("/"), environment)
    except ConfigError as problem:
        assert problem.where in environment
        assert problem.remedy
        return
    assert 0.5 <= config.level < 1
    assert config.resamples >= 100
    assert set(config.origins) == {
        name.removeprefix("AZSTANCE_").lower() for name, v in environment.items() if v.strip()
    }
