"""Weights on disk: what is written comes back, and what is not as it should be is named."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from azstance.classify import weights
from azstance.classify.estimator import FrameClassifier
from azstance.classify.model import FrameModel
from azstance.codebook import Codebook
from azstance.errors import ModelError

from .build import FRAMES, data

COMMAND = "azstance train --model lexical"


@pytest.fixture(scope="module")
def two_frames(codebook: Codebook) -> Codebook:
    return replace(codebook, frames=tuple(f for f in codebook.frames if f.name in FRAMES))


@pytest.fixture(scope="module")
def saved(lexical: FrameClassifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights") / "new" / "lexical"
    weights.save(lexical.model_, folder)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "lexical"))


def fails(folder: Path, codebook: Codebook) -> str:
    with pytest.raises(ModelError) as caught:
        weights.load(folder, codebook, COMMAND)
    message = str(caught.value)
    assert message.endswith(COMMAND)
    assert "\n" not in message
    return message


def write_arrays(folder: Path, packed: bytes) -> None:
    """Other arrays, and a model.json that vouches for them."""
    (folder / weights.ARRAYS).write_bytes(packed)
    path = folder / weights.JSON
    document = json.loads(path.read_bytes())
    document["weights_sha256"] = hashlib.sha256(packed).hexdigest()
    path.write_text(json.dumps(document))


@pytest.mark.parametrize("width", [0, 8])
def test_round_trip(
    width: int,
    lexical: FrameClassifier,
    with_meaning: FrameClassifier,
    two_frames: Codebook,
    tmp_path: Path,
) -> None:
    model = (with_meaning if width else lexical).model_
    model = replace(model, about={"seed": 7, "figures": {"f1": 0.5}})
    weights.save(model, tmp_path)
    loaded = weights.load(tmp_path, two_frames, COMMAND)
    for doc in ("d0", "d9"):
        rows = [row for row in data(width)[0] if row.doc == doc]
        one, other = model.judge(rows), loaded.judge(rows)
        assert one.probabilities.tobytes() == other.probabilities.tobytes()
        assert one.parts.tobytes() == other.parts.tobytes()
    same = ("name", "frames", "reads_meaning", "thresholds", "unsure")
    assert [getattr(loaded, name) for name in same] == [getattr(model, name) for name in same]
    digest = hashlib.sha256((tmp_path / weights.ARRAYS).read_bytes()).hexdigest()
    assert loaded.about == {**model.about, "weights_sha256": digest}


def test_the_same_bytes_twice(lexical: FrameClassifier, saved: Path, tmp_path: Path) -> None:
    for _ in range(2):  # the second time over the first
        weights.save(lexical.model_, tmp_path)
        for name in (weights.JSON, weights.ARRAYS):
            assert (tmp_path / name).read_bytes() == (saved / name).read_bytes()


def test_a_folder_that_cannot_be_written(lexical: FrameClassifier, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match=r"file/lexical: cannot be written: .* --output"):
        weights.save(lexical.model_, tmp_path / "file" / "lexical")


@pytest.mark.parametrize("name", [weights.JSON, weights.ARRAYS])
def test_a_missing_file(name: str, folder: Path, two_frames: Codebook) -> None:
    (folder / name).unlink()
    assert f"lexical/{name}: cannot be read: no such file" in fails(folder, two_frames)


@pytest.mark.parametrize(
    "change", [lambda b: b[:-100], lambda b: b[:50] + b"?" + b[51:], bytes.title]
)
def test_damaged_arrays(
    change: Callable[[bytes], bytes], folder: Path, two_frames: Codebook
) -> None:
    path = folder / weights.ARRAYS
    path.write_bytes(change(path.read_bytes()))
    assert f"lexical/{weights.ARRAYS}: is damaged" in fails(folder, two_frames)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"format": 1, "name'], ids=range(5)
)
def test_no_json(raw: bytes, folder: Path, two_frames: Codebook) -> None:
    (folder / weights.JSON).write_bytes(raw)
    assert f"lexical/{weights.JSON}: is damaged: it is no JSON" in fails(folder, two_frames)


@pytest.mark.parametrize("document", [[], None, 1, {}, {"format": 2}, {"format": "1"}])
def test_another_format(document: Any, folder: Path, two_frames: Codebook) -> None:
    (folder / weights.JSON).write_text(json.dumps(document))
    message = fails(folder, two_frames)
    assert f"lexical/{weights.JSON}: is of another version of azstance, or no model" in message


def test_other_frames(folder: Path, codebook: Codebook) -> None:
    message = fails(folder, codebook)
    assert f"lexical/{weights.JSON}: was trained for the frames alliance, rift;" in message
    assert "azerbaijan-russia has alliance, balance, influence, rift." in message


@pytest.mark.parametrize("key", ["name", "thresholds", "unsure", "reads_meaning", "about"])
def test_a_missing_key(key: str, folder: Path, two_frames: Codebook) -> None:
    edit(folder, lambda document: document.pop(key))
    assert f"lexical/{weights.JSON}: is damaged: '{key}'" in fails(folder, two_frames)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["thresholds"].pop("rift"),
        lambda d: d["unsure"].update(rift="often"),
        lambda d: d["cues"].append("one more"),
        lambda d: d["cues"].pop(),
        lambda d: d["grams"]["words"].pop(),
        lambda d: d["grams"].update(syllables=["ba"]),
        lambda d: d.update(grams=None),
        lambda d: d.update(about=3),
        lambda d: d.update(reads_meaning=True),
    ],
    ids=range(9),
)
def test_other_contents(
    change: Callable[[dict[str, Any]], None], folder: Path, two_frames: Codebook
) -> None:
    edit(folder, change)
    assert f"lexical/{weights.JSON}: is damaged: " in fails(folder, two_frames)


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / weights.JSON
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document))


def test_objects_are_refused_and_not_made(folder: Path, two_frames: Codebook) -> None:
    ran = folder / "ran"

    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (ran,)

    packed = io.BytesIO()
    np.savez(packed, **{"linear.weights": np.array([Trap()], dtype=object)})
    write_arrays(folder, packed.getvalue())
    assert "is damaged: Object arrays cannot be loaded" in fails(folder, two_frames)
    assert not ran.exists()


@pytest.mark.parametrize("raw", [b"", b"PK", b"PK\x03\x04 and no more", b"\x80\x04N."])
def test_no_arrays(raw: bytes, folder: Path, two_frames: Codebook) -> None:
    write_arrays(folder, raw)
    assert f"lexical/{weights.JSON}: is damaged" in fails(folder, two_frames)


def test_a_cut_archive(folder: Path, two_frames: Codebook) -> None:
    write_arrays(folder, (folder / weights.ARRAYS).read_bytes()[:-30])
    assert f"lexical/{weights.JSON}: is damaged" in fails(folder, two_frames)


def test_no_bytes_depend_on_a_compressor(saved: Path, lexical: FrameClassifier) -> None:
    """Compressed bytes differ between versions of zlib, and the digest with them."""
    model: FrameModel = lexical.model_
    assert (
        model.linear.weights.astype(np.float16).tobytes() in (saved / weights.ARRAYS).read_bytes()
    )
