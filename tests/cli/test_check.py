"""`azstance check` and the commands around it, run as a team runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from azstance.cli.check_options import FORMATS

from .check_folder import (
    CLAIM,
    CLAIM_LINE,
    CRISIS,
    GOOD,
    SETTINGS,
    fill,
    front,
    outcomes,
    report,
    rules,
    snapshot,
)  # fmt: skip
from .command import Done, Warm


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles that no test changes."""
    return fill(tmp_path_factory.mktemp("check") / "shared")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return fill(tmp_path / "own")


@pytest.fixture(scope="module")
def all_of_it(warm: Warm, shared: Path) -> Done:
    return warm.run("check", "n", "-f", "json", cwd=shared)


def refused(done: Done) -> str:
    """The only line of a command that does nothing."""
    assert (done.status, done.raw) == (2, b"")
    [line] = done.errors.splitlines()
    return line


def test_what_is_found(all_of_it: Done) -> None:
    assert all_of_it.errors == ""
    assert rules(all_of_it) == [("AZ301", "n/claim.md", True), ("AZ010", "n/noout.md", True)]
    assert set(outcomes(all_of_it).values()) == {"checked"}
    [claim, outlet] = report(all_of_it)["findings"]
    assert (claim["line"], claim["evidence"]) == (
        CLAIM_LINE, [{"line": CLAIM_LINE, "text": CLAIM}],
    )  # fmt: skip
    assert outlet["message"] == "The article has no outlet."
    assert "No reference was given" in " ".join(report(all_of_it)["notes"])


@pytest.mark.parametrize(
    ("path", "fail_on", "status"),
    [
        ("n/good.md", "note", 0),
        ("n/claim.md", "error", 0),
        ("n/claim.md", "warning", 0),
        ("n/claim.md", "note", 1),
        ("n/claim.md", "never", 0),
        ("n/noout.md", "error", 1),
        ("n/noout.md", "note", 1),
        ("n/noout.md", "never", 0),
    ],
)
def test_the_status_is_by_fail_on_and_the_levels_never_are(
    warm: Warm, shared: Path, path: str, fail_on: str, status: int
) -> None:
    done = warm.run("check", path, "-f", "json", "--fail-on", fail_on, cwd=shared)
    assert (done.status, done.errors) == (status, "")
    found = report(done)
    assert found["status"] == status
    levels = {"n/good.md": [], "n/claim.md": ["note"], "n/noout.md": ["error"]}
    assert [f["level"] for f in found["findings"]] == levels[path]


def test_an_unreadable_file_beats_findings(warm: Warm, own: Path) -> None:
    (own / "n" / "empty.md").touch()
    for fail_on in ("error", "never"):
        done = warm.run("check", "n", "-f", "json", "--fail-on", fail_on, cwd=own)
        assert done.status == 2
        assert outcomes(done) == {
            "n/claim.md": "checked", "n/empty.md": "failed", "n/good.md": "checked",
            "n/noout.md": "checked",
        }  # fmt: skip
        assert ("AZ001", "n/empty.md", True) in rules(done)
        assert done.errors == "azstance: not checked: n/empty.md is empty.\n"


def test_another_language_is_a_warning_and_withheld(warm: Warm, own: Path) -> None:
    (own / "n" / "ru.md").write_text(front("x") + "Баку и Москва являются союзниками. " * 5)
    done = warm.run("check", "n/ru.md", "-f", "json", "--fail-on", "warning", cwd=own)
    assert (done.status, done.errors) == (1, "")
    assert outcomes(done) == {"n/ru.md": "withheld"}
    assert rules(done) == [("AZ003", "n/ru.md", True)]


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_to_a_file_and_to_standard_output(
    warm: Warm, shared: Path, tmp_path: Path, format: str
) -> None:
    file = tmp_path / "out"
    done = warm.run("check", "n", "-f", format, "-o", f"{format}={file}", cwd=shared)
    assert (done.status, done.errors) == (1, "")
    assert file.read_bytes() == done.raw
    assert b"noout.md" in done.raw
    assert done.raw.endswith(b"\n")
    assert list(tmp_path.iterdir()) == [file]


def test_several_outputs_of_one_analysis(warm: Warm, shared: Path, tmp_path: Path) -> None:
    outputs = [f"--output={name}={tmp_path / name}" for name in ("sarif", "junit", "json")]
    done = warm.run("check", "n", *outputs, cwd=shared)
    assert done.status == 1
    assert done.text.startswith("n/claim.md\n")
    assert {path.name for path in tmp_path.iterdir()} == {"sarif", "junit", "json"}
    found = json.loads((tmp_path / "sarif").read_bytes())["runs"][0]["results"]
    assert {result["ruleId"] for result in found} == {"AZ301", "AZ010"}
    assert json.loads((tmp_path / "json").read_bytes())["status"] == 1
    assert (tmp_path / "junit").read_text("utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("sarf=x", 'Did you mean "sarif"?'),
        ("x.sarif", '"x.sarif" names no format and file'),
        ("sarif=", '"sarif=" names no format and file'),
        ("json=nosuch/x.json", "there is no folder nosuch"),
        ("json=n", "it is a folder"),
        ("json=n/good.md", "is one of the files to be read"),
        ("json=azstance-baseline.jsonl", "is one of the files to be read"),
    ],
)
def test_an_output_that_cannot_be_is_told_before_any_work(
    warm: Warm, own: Path, output: str, told: str
) -> None:
    (own / "azstance-baseline.jsonl").touch()
    before = snapshot(own)
    done = warm.run("check", "n", "-o", output, "--pipeline", "nonexistent_model", cwd=own)
    assert told in refused(done)
    assert snapshot(own) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--select", "one-sidet"], 'Did you mean "one-sided"?'),
        (["--select", "AZ2,AZ31"], 'Did you mean "AZ301"?'),
        (["--ignore", "to-short"], 'Did you mean "too-short"?'),
        (["--fail-on", "warnings"], 'Did you mean "warning"?'),
        (["--format", "sarf"], 'Did you mean "sarif"?'),
        (["--as-of", "31.3.2024"], "Write it as 2024-03-31."),
        (["--reference", "nosuch.json"], "nosuch.json: there is no such file. Make it: azstance"),
        (["--baseline", "nosuch.jsonl"], "azstance baseline update makes it."),
        (["--files-from", "nosuch.txt"], "nosuch.txt cannot be read"),
        (["--files-from", "x", "--changed-since", "main"], "stands beside --changed-since"),
        (["--changed-since", "main"], "not in a git repository"),
        (["--stdin-filename", "draft"], "Let it end in .csv, .htm"),
        (["--model", "nosuch"], '"nosuch" is no model'),
    ],
)
def test_a_wrong_option_is_told(warm: Warm, shared: Path, arguments: list[str], told: str) -> None:
    assert told in refused(warm.run("check", "n", *arguments, cwd=shared))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--select", "AZ3"], ["AZ301"]),
        (["--select", "missing-metadata"], ["AZ010"]),
        (["--select", "AZ3,AZ010", "--ignore", "AZ301"], ["AZ010"]),
        (["--ignore", "AZ3", "--ignore", "az0"], []),
        (["--as-of", "2024-03-30", "--select", "AZ011"], ["AZ011"] * 3),
        (["--as-of", "2024-03-31", "--select", "AZ011"], []),
    ],
)
def test_which_rules_run(warm: Warm, shared: Path, arguments: list[str], found: list[str]) -> None:
    done = warm.run("check", "n", "-f", "json", *arguments, cwd=shared)
    assert [rule for rule, _, _ in rules(done)] == found
    assert done.status == int(any(rule in ("AZ010", "AZ011") for rule in found))


def test_levels_of_the_settings_hold_and_are_told(warm: Warm, own: Path) -> None:
    text = '[check]\nignore = ["AZ010"]\n[check.levels]\nunattributed-claim = "error"\n'
    (own / "azstance.toml").write_text(SETTINGS + text)
    done = warm.run("check", "n", "-f", "json", cwd=own)
    assert done.status == 1
    assert [(f["rule"], f["level"]) for f in report(done)["findings"]] == [("AZ301", "error")]
    levels = {rule["id"]: rule["level"] for rule in report(done)["rules"]}
    assert levels["AZ301"] == "error"
    assert "AZ010" not in levels
    assert "AZ001" in levels
    assert "AZ301 unattributed-claim: error (by default note)" in (
        warm.run("rule", "AZ301", cwd=own).text
    )
    (own / "azstance.toml").write_text(SETTINGS + '[check]\nselct = ["AZ3"]\n')
    line = refused(warm.run("check", "n", cwd=own))
    assert 'azstance.toml:3: unknown key "selct". Did you mean "select"?' in line


def test_paths_from_a_list(warm: Warm, shared: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("n/claim.md\nn/good.md\n")
    by_file = warm.run("check", "--files-from", tmp_path / "list.txt", "-f", "json", cwd=shared)
    piped = warm.run(
        "check", "--files-from", "-", "-f", "json", cwd=shared, input=b"n/good.md\0n/claim.md\0"
    )
    assert list(outcomes(by_file)) == ["n/claim.md", "n/good.md"]
    assert by_file == piped
    both = warm.run("check", "n/noout.md", "--files-from", "-", "-f", "json", cwd=shared,
                    input=b"n/good.md\n")  # fmt: skip
    assert list(outcomes(both)) == ["n/good.md", "n/noout.md"]


def test_an_empty_list_is_no_error(warm: Warm, shared: Path) -> None:
    done = warm.run("check", "--files-from", "-", cwd=shared, input=b"\n")
    assert (done.status, done.errors) == (0, "")
    assert "0 articles checked" in done.text
    done = warm.run("check", "--files-from", "-", "-f", "json", cwd=shared, input=b"")
    assert (done.status, report(done)["inputs"]) == (0, [])


def test_patterns(warm: Warm, shared: Path) -> None:
    done = warm.run("check", "n/*o[ou]*.md", "-f", "json", cwd=shared)
    assert list(outcomes(done)) == ["n/good.md", "n/noout.md"]
    line = refused(warm.run("check", "n/zz*.md", cwd=shared))
    assert line.startswith("azstance: not checked: n/zz*.md is not there.")
    some = warm.run("check", "n/zz*.md", "n/good.md", "-f", "json", cwd=shared)
    assert some.status == 2
    assert outcomes(some) == {"n/good.md": "checked", "n/zz*.md": "failed"}


def test_a_pattern_that_is_a_name(warm: Warm, own: Path) -> None:
    (own / "n" / "good.md").rename(own / "n" / "go[o]d.md")
    done = warm.run("check", "n/go[o]d.md", "-f", "json", cwd=own)
    assert (done.status, outcomes(done)) == (0, {"n/go[o]d.md": "checked"})


def test_standard_input_has_the_kind_of_its_name(warm: Warm, shared: Path) -> None:
    raw = (shared / "n" / "claim.md").read_bytes()
    named = ["--stdin-filename", "draft.md", "-f", "json"]
    done = warm.run("check", "-", *named, cwd=shared, input=raw)
    assert (done.status, rules(done)) == (0, [("AZ301", "-", True)])
    plain = warm.run("check", "-", "-f", "json", cwd=shared, input=raw)
    assert ("AZ010", "-", True) in rules(plain), "front matter is that of Markdown"


def test_suppression_in_the_file(warm: Warm, own: Path) -> None:
    text = CRISIS.replace(CLAIM, f"<!-- azstance: ignore[AZ301] he says so elsewhere -->\n{CLAIM}")
    (own / "n" / "claim.md").write_text(front("Crisis") + text)
    arguments = ("check", "n/claim.md", "-f", "json", "--fail-on", "note")
    done = warm.run(*arguments, cwd=own)
    [finding] = report(done)["findings"]
    assert (done.status, finding["suppressed"]) == (0, "he says so elsewhere")
    (own / "azstance.toml").write_text(f"{SETTINGS}[check]\nsuppressions = false\n")
    done = warm.run(*arguments, cwd=own)
    assert (done.status, rules(done)) == (1, [("AZ301", "n/claim.md", True)])


def test_a_reference_is_built_shown_and_used(warm: Warm, own: Path) -> None:
    built = warm.run("reference", "build", "n", cwd=own)
    assert (built.status, built.errors) == (0, "")
    assert "3 articles, 1 outlets\n" in built.text
    assert "Daily: 2 articles, 2024-03-31 to 2024-03-31" in built.text
    assert "1 without an outlet" in built.text
    raw = (own / "azstance-reference.json").read_bytes()
    shown = warm.run("reference", "show", cwd=own)
    assert (shown.status, shown.raw) == (0, built.raw)
    again = warm.run("reference", "build", ".", cwd=own)
    assert again.status == 0, "the reference itself is no article"
    assert (own / "azstance-reference.json").read_bytes() == raw
    (own / "copy.md").write_text(front("Copy") + GOOD.upper().replace(".", "!"))
    done = warm.run("check", "copy.md", "n/good.md", "-f", "json", cwd=own)
    assert done.status == 1
    assert report(done)["reference"] == "azstance-reference.json"
    found = rules(done)
    assert ("AZ201", "copy.md", True) in found
    assert ("AZ201", "n/good.md", True) not in found
    assert {path for rule, path, _ in found if rule == "AZ503"} == {"copy.md", "n/good.md"}


def test_a_reference_takes_the_place_of_no_article(warm: Warm, own: Path) -> None:
    before = snapshot(own)
    done = warm.run("reference", "build", "n", "-o", "n/good.md", cwd=own)
    assert "is one of the files to be read" in refused(done)
    done = warm.run("reference", "build", "nosuch", cwd=own)
    assert (done.status, done.raw) == (2, b"")
    assert "azstance-reference.json is left as it was" in done.errors
    assert snapshot(own) == before


def test_no_reference_to_show(warm: Warm, shared: Path) -> None:
    assert "Make one: azstance reference build" in refused(
        warm.run("reference", "show", cwd=shared)
    )
    assert "azstance baseline update makes one" in refused(warm.run("baseline", "show", cwd=shared))


def test_a_baseline_is_updated_shown_and_pruned(warm: Warm, own: Path) -> None:
    file = own / "azstance-baseline.jsonl"
    done = warm.run("baseline", "update", "n", "--reason", "seen by hand", cwd=own)
    assert (done.status, done.text) == (0, "azstance-baseline.jsonl: 2 added, 2 in all.\n")
    raw = file.read_bytes()
    checked = warm.run("check", ".", "-f", "json", "--fail-on", "note", cwd=own)
    assert (checked.status, checked.errors) == (0, "")
    assert [counts for _, _, counts in rules(checked)] == [False, False]
    assert outcomes(checked)["azstance-baseline.jsonl"] == "skipped"
    assert warm.run("check", "n", "--no-baseline", cwd=own).status == 1
    again = warm.run("baseline", "update", "n", "--reason", "another", cwd=own)
    assert again.text == "azstance-baseline.jsonl: 0 added, 2 in all.\n"
    assert file.read_bytes() == raw, "what is there stays as it is"
    shown = warm.run("baseline", "show", cwd=own).text
    assert shown.startswith("2 accepted findings\n  n/claim.md: AZ301 ")
    assert shown.count("    accepted: seen by hand\n") == 2
    (own / "n" / "claim.md").write_text(front("Crisis") + GOOD)
    stale = warm.run("check", "n/claim.md", "-f", "json", cwd=own)
    assert rules(stale) == [("AZ903", "n/claim.md", True)]
    assert warm.run("baseline", "prune", "n/good.md", cwd=own).text.endswith(
        ": 0 removed, 2 left.\n"
    )
    assert warm.run("baseline", "prune", "n", cwd=own).text.endswith(": 1 removed, 1 left.\n")
    assert [json.loads(line)["rule"] for line in file.read_text().splitlines()] == ["AZ010"]


def test_a_damaged_baseline_is_told_with_its_line(warm: Warm, own: Path) -> None:
    (own / "azstance-baseline.jsonl").write_text("\n{}\n")
    before = snapshot(own)
    for command in (("check", "n"), ("baseline", "update", "n"), ("baseline", "prune", "n"),
                    ("baseline", "show")):  # fmt: skip
        assert "azstance-baseline.jsonl:2: this is no entry" in refused(warm.run(*command, cwd=own))
    assert snapshot(own) == before


def test_an_unread_article_is_not_accepted_by_update(warm: Warm, own: Path) -> None:
    (own / "n" / "empty.md").touch()
    done = warm.run("baseline", "update", "n", cwd=own)
    assert done.status == 2
    assert "not checked: n/empty.md is empty." in done.errors
    assert warm.run("check", "n/empty.md", cwd=own).status == 2


def test_rules_are_listed_and_explained(warm: Warm, shared: Path) -> None:
    listed = warm.run("rule", cwd=shared)
    assert listed.status == 0
    assert "  AZ401  warning  one-sided: " in listed.text
    assert len(listed.text.splitlines()) == 21
    one = warm.run("rule", "one-sided", cwd=shared)
    assert one == warm.run("rule", "az401", cwd=shared)
    assert one.text.startswith("AZ401 one-sided: warning, a measurement\n")
    assert "What to do: " in one.text
    assert warm.run("rule", "AZ2", cwd=shared).text.count("What to do: ") == 3
    assert 'Did you mean "one-sided"?' in refused(warm.run("rule", "one-sidet", cwd=shared))


def test_every_setting_is_shown_with_its_place(warm: Warm, own: Path) -> None:
    text = '[check]\nfail_on = "note"\n[check.thresholds]\nalpha = 0.05\n'
    (own / "azstance.toml").write_text(SETTINGS + text)
    done = warm.run("config", "show", cwd=own / "n")
    assert (done.status, done.errors) == (0, "")
    lines = done.text.splitlines()
    assert any(line.startswith("model = cues  (") and "azstance.toml:1" in line for line in lines)
    assert any(line.startswith("check.fail_on = note  (") for line in lines)
    assert any(line.startswith("check.thresholds.alpha = 0.05  (") for line in lines)
    assert "seed = 20260101  (default)" in lines


@pytest.mark.parametrize("reverse", [False, True])
def test_records_go_by_their_own_file(warm: Warm, own: Path, reverse: bool) -> None:
    """A second file with the same name elsewhere changes neither place nor fingerprint."""
    rows = "".join(json.dumps({"text": f"{n} {CRISIS}"}) + "\n" for n in range(2))
    names = ["z", "a"] if reverse else ["a", "z"]
    for name in names:
        (own / name).mkdir()
        (own / name / "x.jsonl").write_text(rows)
    alone = report(warm.run("check", "a/x.jsonl", "-f", "json", cwd=own))["findings"]
    both = report(warm.run("check", *names, "-f", "json", cwd=own))["findings"]
    assert [f for f in both if f["path"] == "a/x.jsonl"] == alone
    assert {f["article"] for f in alone} == {"path:a/x.jsonl#1", "path:a/x.jsonl#2"}
    assert len({f["fingerprint"] for f in both}) == len(both)


def test_batch_finds_duplicates_of_the_run(warm: Warm, own: Path) -> None:
    (own / "n" / "copy.md").write_text(front("Copy") + GOOD)
    assert warm.run("check", "n/copy.md", "n/good.md", cwd=own).status == 0
    done = warm.run("check", "n/copy.md", "n/good.md", "--batch", "-f", "json", cwd=own)
    assert (done.status, rules(done)) == (1, [("AZ201", "n/good.md", True)])
