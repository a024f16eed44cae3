"""Addresses: file:// for real, and what is said where there is nothing to be read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from azstance.errors import ArticleError
from azstance.read import read_paths, resolve_id
from azstance.read.paths import list_inputs
from azstance.read.places import folder_of, inside, is_address, name_of, split_options
from azstance.read.units import plan_units, read_unit
from azstance.records import Article, Skipped

from .archives import P1, P2, good


def corpus(folder: Path) -> Path:
    (folder / "deep" / ".hidden").mkdir(parents=True)
    (folder / "a b.txt").write_text(f"{P1}\n\n{P2}\n")
    (folder / "deep" / "002_a7c59664f76012a2.txt").write_text(P1)
    (folder / "deep" / ".hidden" / "x.txt").write_text(P1)
    (folder / "deep" / "c.jsonl").write_text(f'{{"text": "{P1}"}}\n{{"text": "{P2}"}}\n')
    (folder / "deep" / "d.csv").write_text(f"text,id\n{P1},d1\n{P2},d2\n")
    (folder / "deep" / "e.warc").write_bytes(good(1) + good(2))
    (folder / "picture.png").write_bytes(b"x")
    (folder / "sources.toml").write_text('["a b"]\noutlet = "Example"\ngenres = "x"\n')
    return folder


def shape(found: Iterator[Article | Skipped], base: str) -> list[object]:
    return [
        (item.id, item.path.removeprefix(base), item.card, item.blocks, item.notes)
        if isinstance(item, Article)
        else (item.path.removeprefix(base), item.reason, item.line, item.failed)
        for item in found
    ]


def test_an_address_gives_what_its_folder_gives(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    address = f"file://{folder}"
    expected = shape(read_paths([folder]), str(folder))
    assert len(expected) == 9
    assert shape(read_paths([address]), address) == expected
    assert shape(read_paths([address + "/"]), address) == expected


def test_units_of_an_address(tmp_path: Path) -> None:
    address = f"file://{corpus(tmp_path)}"
    units = plan_units([address], articles_per_unit=1).units
    found = [getattr(item, "article", None) for unit in units for item in read_unit(unit)]
    assert len([a for a in found if a]) == 8


def test_one_file_and_its_id(tmp_path: Path) -> None:
    address = f"file://{corpus(tmp_path)}"
    (found,) = [x for x in read_paths([f"{address}/a b.txt"]) if isinstance(x, Article)]
    assert (found.id, found.source) == ("a b", "Example")
    assert resolve_id(f"{address}/a b.txt", tmp_path).source.id == "a b"
    with pytest.raises(ArticleError, match="folder"):
        resolve_id(address, tmp_path)


def test_links_of_a_folder_do_not_lead_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(P1)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [item.path for item in list_inputs([f"file://{tmp_path}"])] == [
        f"file://{tmp_path}/a.txt"
    ]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///no/such/folder", "is not there"),
        ("file:///no%20such", "plainly"),
        ("foo://x/y", "begins with foo://"),
        ("https://example.com/a.html", "Save it to a file"),
        ("s3:///folder", "names no bucket"),
        ("s3://bucket/x?bogus=1", "bogus"),
        ("hdfs://127.0.0.1:1/x", "Hadoop"),
        ("s3://bucket/x?region=a&scheme=http&endpoint_override=127.0.0.1:1", "Check the"),
    ],
)
def test_what_cannot_be_read_is_told(
    monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    (skip,) = read_paths([address])
    assert isinstance(skip, Skipped)
    assert skip.failed
    assert skip.path == address
    assert words in skip.reason
    assert "\n" not in skip.reason


def test_an_empty_folder_and_another_kind_of_file(tmp_path: Path) -> None:
    (skip,) = read_paths([f"file://{tmp_path}"])
    assert isinstance(skip, Skipped)
    assert "holds nothing that can be read" in skip.reason
    (tmp_path / "a.docx").write_bytes(b"x")
    (skip,) = read_paths([f"file://{tmp_path}/a.docx"])
    assert isinstance(skip, Skipped)
    assert "is not read" in skip.reason


@pytest.mark.parametrize(
    "address", ["s3://key:secret@bucket/x", "s3://bucket/x?region=a&secret_key=secret"]
)
def test_keys_are_never_shown(address: str) -> None:
    (skip,) = read_paths([address])
    assert isinstance(skip, Skipped)
    assert "secret@" not in skip.path
    assert not skip.path.endswith("secret")
    assert "access key" in skip.reason


def test_parts_of_an_address() -> None:
    address = "s3://bucket/a/b?c/x.warc.gz?region=eu-west-1&scheme=https"
    assert is_address(address)
    assert not is_address("C:/x.txt")
    assert name_of(address) == "x.warc.gz"
    assert folder_of(address) == "s3://bucket/a/b?c?region=eu-west-1&scheme=https"
    assert inside("s3://bucket/a/?region=x", "n.toml") == "s3://bucket/a/n.toml?region=x"
    assert split_options("s3://bucket/what?.txt") == ("s3://bucket/what?.txt", "")


def test_ordinary_paths_load_nothing_for_addresses(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(P1)
    code = (
        "import sys\nfrom azstance.read import read_paths\n"
        f"n = len(list(read_paths([{str(tmp_path)!r}])))\n"
        "print(n, sorted({'pyarrow', 'warcio', 'azstance.read.addresses'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1 []"
