"""Weights on disk: arrays in weights.npz, and everything else in model.json, which names them.

Both are plain data; nothing in them is run. The same weights make the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from azstance.classify.grams import Grams
from azstance.classify.model import FrameModel, Linear, Stage
from azstance.classify.names import ARRAYS, JSON
from azstance.errors import ModelError
from azstance.tomlfile import shown_path

if TYPE_CHECKING:
    from azstance.codebook import Codebook

FORMAT = 1
_DAMAGE = (LookupError, TypeError, ValueError, AttributeError, EOFError, zipfile.BadZipFile)


def save(model: FrameModel, folder: Path) -> None:
    """Write a classifier's two files; the arrays first, so that model.json never tells of others.

    Raises ModelError where the folder cannot be written.
    """
    packed = _pack(_arrays(model))
    document = {
        "format": FORMAT,
        "name": model.name,
        "frames": list(model.frames),
        "thresholds": dict(model.thresholds),
        "unsure": dict(model.unsure),
        "reads_meaning": model.reads_meaning,
        "about": dict(model.about),
        "weights_sha256": hashlib.sha256(packed).hexdigest(),
        "cues": list(model.linear.cues),
        "grams": {grams.kind: list(grams.terms) for grams in model.linear.grams},
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / JSON).unlink(missing_ok=True)
        (folder / ARRAYS).write_bytes(packed)
        (folder / JSON).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        problem = f"cannot be written: {(error.strerror or str(error)).lower()}"
        remedy = "Choose another folder with --output."
        raise ModelError(problem, where=shown_path(folder), remedy=remedy) from None


def load(folder: Path, codebook: Codebook, rebuild: str) -> FrameModel:
    """Read a classifier. Raises ModelError where it is damaged or of other frames.

    `rebuild` is the command that makes it anew.
    """
    where = shown_path(folder / JSON)
    remedy = f"Build it anew: {rebuild}"
    try:
        document = json.loads((folder / JSON).read_bytes())
        packed = (folder / ARRAYS).read_bytes()
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        name = shown_path(Path(error.filename or folder))
        raise ModelError(f"cannot be read: {what}", where=name, remedy=remedy) from None
    except (ValueError, RecursionError):
        raise ModelError("is damaged: it is no JSON", where=where, remedy=remedy) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        problem = "is of another version of azstance, or no model"
        raise ModelError(problem, where=where, remedy=remedy)
    if hashlib.sha256(packed).hexdigest() != document.get("weights_sha256"):
        problem = f"is damaged, or not the file that {JSON} tells of"
        raise ModelError(problem, where=shown_path(folder / ARRAYS), remedy=remedy)
    if document.get("frames") != list(codebook.frame_names):
        problem = (
            f"was trained for the frames {_listed(document.get('frames'))}; "
            f"the codebook {codebook.name} has {_listed(codebook.frame_names)}"
        )
        raise ModelError(problem, where=where, remedy=remedy)
    try:
        return _model(document, _unpack(packed))
    except _DAMAGE as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"is damaged: {what}", where=where, remedy=remedy) from None


def _listed(names: object) -> str:
    return ", ".join(map(str, names)) if isinstance(names, list | tuple) else "?"


def _arrays(model: FrameModel) -> dict[str, Any]:
    arrays = {
        "linear.weights": model.linear.weights.astype(np.float16),
        "linear.bias": model.linear.bias,
        "stage.weights": model.stage.weights,
        "stage.bias": model.stage.bias,
    }
    arrays |= {f"idf.{grams.kind}": grams.idf for grams in model.linear.grams}
    return arrays


def _model(document: Mapping[str, Any], arrays: Mapping[str, Any]) -> FrameModel:
    grams = tuple(
        Grams(kind, tuple(terms), arrays[f"idf.{kind}"])
        for kind, terms in document["grams"].items()
    )
    weights = arrays["linear.weights"].astype(np.float32)
    beyond = len(weights) - sum(len(each.terms) for each in grams) - len(document["cues"])
    if beyond < 0 or (beyond > 0) is not bool(document["reads_meaning"]):
        raise ValueError(f"{ARRAYS} has weights of other features")
    linear = Linear(grams, tuple(document["cues"]), weights, arrays["linear.bias"])
    return FrameModel(
        name=document["name"],
        frames=tuple(document["frames"]),
        linear=linear,
        reads_meaning=bool(document["reads_meaning"]),
        stage=Stage(arrays["stage.weights"], arrays["stage.bias"]),
        thresholds={name: float(document["thresholds"][name]) for name in document["frames"]},
        unsure={name: float(document["unsure"][name]) for name in document["frames"]},
        about={**document["about"], "weights_sha256": document["weights_sha256"]},
    )


def _pack(arrays: Mapping[str, Any]) -> bytes:
    """A .npz of fixed dates, not compressed: the same arrays make the same bytes everywhere."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(arrays):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), held.getvalue())
    return packed.getvalue()


def _unpack(packed: bytes) -> dict[str, Any]:
    with np.load(io.BytesIO(packed), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}
