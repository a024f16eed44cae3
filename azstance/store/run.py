"""A run into a store: plan the units, have them done here or elsewhere, settle what is left.

However a run is cut, spread, killed and taken up again, the rows are the same in the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from azstance.codebook import Codebook, codebook_info, load_codebook
from azstance.config import Config
from azstance.errors import ConfigError
from azstance.nlp.pipeline import DEFAULT, load, one_thread
from azstance.read.places import is_address
from azstance.read.units import Plan, plan_units, without_repeats
from azstance.records import CodebookInfo, PipelineInfo, Skipped
from azstance.running.codec import from_json, to_json
from azstance.running.keys import Keys, code_digest
from azstance.running.settings import read_settings
from azstance.store.folder import Folder
from azstance.store.job import Job, need_extra
from azstance.store.receipt import Receipt, Task, other_ids
from azstance.store.rows import parquet, skipped_row
from azstance.store.schema import FORMAT, JOB, MANIFEST, RECEIPTS, TABLES
from azstance.store.worker import Worker

_SETTING = "the setting "
_OWN = {MANIFEST, JOB, RECEIPTS, *TABLES}
Spread = Callable[[str, Sequence[str]], Iterable[str]]
"""From a job and its tasks to a receipt per task, in any order."""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote, and what it could not score. `units` were done now, `kept` before.

    `left` says that nothing could be read, and that the folder was left as it was.
    """

    articles: int
    sentences: int
    skipped: tuple[Skipped, ...]
    units: int
    kept: int
    left: bool = False


def score_into(  # noqa: PLR0913
    paths: Sequence[str | Path],
    out: str,
    config: Config,
    *,
    resume: bool = False,
    spread: Spread | None = None,
    progress: Progress = lambda done: None,
) -> Written:
    """Score everything behind `paths` into the folder `out`, as Parquet.

    With `resume` the units that were done before by the same codebook, model and settings are
    kept. `spread` has the units done elsewhere, None in processes here. Nothing is changed in the
    folder before everything that can be told beforehand is known to be well. Raises ConfigError
    where the folder cannot be used, CodebookError, ModelError and PipelineError where nothing can
    run.
    """
    need_extra()
    one_thread()  # before pyarrow imports numpy
    job = Job(config, out).at_home()
    folder = Folder(out)
    _outside(folder, paths)
    codebook = load_codebook(config.codebook)
    made = _made_of(job, codebook)
    before = _usable(folder, made, resume=resume)
    plan = plan_units(paths, read_settings(config))
    if not plan.units:
        return Written(0, 0, plan.skipped, units=0, kept=0, left=True)
    _begin(folder, made, before)
    receipts = _kept(folder, plan) if resume else {}
    kept = len(receipts)
    run = _Run(job, plan, spread or _here(job, plan), receipts, progress)
    run.do({unit.name: {} for unit in plan.units if unit.name not in receipts})
    ids = other_ids(receipts.values())
    run.do({name: ids[name] for name, receipt in receipts.items() if receipt.ids != ids[name]})
    written = _close(folder, plan, run, kept)
    pipeline = next((r.pipeline for r in run.receipts.values() if r.pipeline), None)
    folder.write(MANIFEST, _manifest(codebook_info(codebook), pipeline, written, made))
    return written


@dataclass(slots=True)
class _Run:
    job: Job
    plan: Plan
    spread: Spread
    receipts: dict[str, Receipt]
    progress: Progress

    def do(self, wanted: dict[str, dict[str, str]]) -> None:
        """Have units done, each with the ids that some of its articles get."""
        units = {unit.name: unit for unit in self.plan.units}
        tasks = [to_json(Task(units[name], ids)) for name, ids in sorted(wanted.items())]
        done = sum(receipt.articles for receipt in self.receipts.values())
        for text in self.spread(self.job.to_json(), tasks) if tasks else ():
            receipt = from_json(Receipt, text)
            done += receipt.articles if receipt.unit not in self.receipts else 0
            self.receipts[receipt.unit] = receipt
            self.progress(done)


def _here(job: Job, plan: Plan) -> Spread:
    """Units in processes of this machine; in one where addresses are read, which cannot fork."""
    from azstance.running.pool import in_order

    remote = any(is_address(part.source.path) for unit in plan.units for part in unit.parts)
    jobs = 1 if remote or is_address(job.out) else job.config.jobs

    def spread(text: str, tasks: Sequence[str]) -> Iterator[str]:
        worker = Worker(text)
        for _, receipt in in_order(tasks, worker, jobs):
            yield receipt
        worker.close()

    return spread


def _made_of(job: Job, codebook: Codebook) -> dict[str, Any]:
    """What has to be the same for the rows to be: told of in words, so that a change can be."""
    keys = Keys(codebook, job.config, job.config.pipeline or DEFAULT)
    if keys.pipeline is None:
        load(job.config.pipeline, codebook)  # says what is wrong with it
    return {
        "format": FORMAT,
        "the codebook": codebook.digest,
        "the classifier": keys.model.hex(),
        "the pipeline": keys.pipeline.hex() if keys.pipeline else None,
        "azstance": code_digest((".",)).hex(),
        **{f"{_SETTING}{name}": value for name, value in sorted(job.settings().items())},
    }


def _outside(folder: Folder, paths: Sequence[str | Path]) -> None:
    """See that the results will not be read as articles."""
    if is_address(folder.path):
        return
    place = Path(folder.path).resolve()
    for path in paths:
        read = None if is_address(str(path)) else Path(path).resolve()
        if read in (place, *place.parents):
            which = "is" if read == place else "lies inside of"
            problem = f"{which} {path}, and would be read as articles the next time"
            raise ConfigError(problem, where=folder.path, remedy="Name a folder outside of it.")


def _usable(folder: Folder, made: dict[str, Any], *, resume: bool) -> bool:
    """Whether there is a run to be gone on with. Raises ConfigError for a folder of other things.

    Nothing is changed.
    """
    there = {name for name in folder.names() if not name.startswith(".")}
    foreign = sorted(there - _OWN)
    if foreign:
        shown = ", ".join(foreign[:5])
        problem = f"holds other things than results of azstance: {shown}"
        raise ConfigError(problem, where=folder.path, remedy="Name a new or an empty folder.")
    before = folder.read(JOB) if resume else None
    if before is not None:
        _same(folder, before, made)
    return before is not None


def _begin(folder: Folder, made: dict[str, Any], before: bool) -> None:
    """Remove what is not gone on with, and say what the new rows are made of."""
    folder.remove([MANIFEST])
    if not before:
        for below in (RECEIPTS, *TABLES):  # a part without a receipt counts for nothing
            folder.remove(f"{below}/{name}" for name in folder.names(below))
    folder.write(JOB, (json.dumps(made, indent=1) + "\n").encode())


def _same(folder: Folder, before: bytes, made: dict[str, Any]) -> None:
    try:
        known = json.loads(before)
        other = sorted(name for name in {*known, *made} if known.get(name) != made.get(name))
    except (ValueError, TypeError):
        other = ["what it was made of cannot be read"]
    if other:
        problem = f"cannot be gone on with: it was made with other settings ({', '.join(other)})"
        remedy = "Leave --resume out to begin anew, or name another folder."
        raise ConfigError(problem, where=folder.path, remedy=remedy)


def _kept(folder: Folder, plan: Plan) -> dict[str, Receipt]:
    """The units that were done before."""
    planned = {f"{unit.name}.json" for unit in plan.units}
    kept: dict[str, Receipt] = {}
    for name in folder.names(RECEIPTS):
        content = folder.read(f"{RECEIPTS}/{name}") if name in planned else None
        if content is not None:
            try:
                receipt = from_json(Receipt, content)
            except ValueError:
                continue  # it is done again
            kept[receipt.unit] = receipt
    return kept


def _close(folder: Folder, plan: Plan, run: _Run, kept: int) -> Written:
    """Remove what belongs to no unit, and write what was skipped."""
    receipts = [run.receipts[unit.name] for unit in plan.units]
    told = (skipped for receipt in receipts for skipped in receipt.skipped)
    skipped = (*plan.skipped, *without_repeats(told))
    folder.write("skipped/all.parquet", parquet("skipped", map(skipped_row, skipped)))
    _clean(folder, {receipt.unit: receipt for receipt in receipts})
    return Written(
        articles=sum(receipt.articles for receipt in receipts),
        sentences=sum(receipt.sentences for receipt in receipts),
        skipped=skipped,
        units=len(receipts) - kept,
        kept=kept,
    )


def _clean(folder: Folder, receipts: dict[str, Receipt]) -> None:
    """Parts of units that are no longer planned, or that hold no article any more."""
    whole = {f"{name}.parquet" for name, receipt in receipts.items() if receipt.articles}
    for table in ("articles", "sentences"):
        folder.remove(f"{table}/{name}" for name in folder.names(table) if name not in whole)
    old = (name for name in folder.names(RECEIPTS) if name.removesuffix(".json") not in receipts)
    folder.remove(f"{RECEIPTS}/{name}" for name in old)


def _manifest(
    info: CodebookInfo, pipeline: PipelineInfo | None, written: Written, made: dict[str, Any]
) -> bytes:
    """What the store was made with and holds; where it is, the run is complete."""
    used = pipeline or PipelineInfo("", "")
    content = {
        "format": FORMAT,
        "codebook": {
            "name": info.name,
            "version": info.version,
            "digest": info.digest,
            "frames": list(info.frames),
            "pair": list(info.pair),
        },
        "pipeline": {
            "name": used.name,
            "version": used.version,
            "model": used.model,
        },
        "settings": {
            name.removeprefix(_SETTING): value
            for name, value in made.items()
            if name.startswith(_SETTING)
        },
        "articles": written.articles,
        "sentences": written.sentences,
        "skipped": len(written.skipped),
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
