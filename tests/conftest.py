"""What the whole suite shares: codebook, pipeline, warm process, option for the floors."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from cli.command import Warm
from cli.loaded import Loaded
from hypothesis import settings
from short_texts import Reader

from azstance.codebook import Codebook, load_codebook
from azstance.nlp import pipeline

if TYPE_CHECKING:
    from spacy.language import Language

# Before anything imports numpy, as the command line does.
pipeline.one_thread()

# How long an example takes depends on what else the machine does, and proves nothing.
# In CI the same examples are tried each time, or a run could fail that another does not.
settings.register_profile("azstance", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("azstance")


def pytest_configure(config: pytest.Config) -> None:
    """A cache of the suite's own, shared by its processes and gone with it.

    Some runners start their jobs with Ctrl-C ignored, and processes inherit that: the tests that
    interrupt a command would wait for it for ever.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="azstance-suite-")
        os.environ["XDG_CACHE_HOME"] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: some tests wait for a browser or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--lower-floors",
        action="store_true",
        help="accept lower floors in tests/floors.toml, or other texts, and store that in the lock",
    )


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook(None)


@pytest.fixture(scope="session")
def nlp(codebook: Codebook) -> Language:
    return pipeline.load(None, codebook)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """The command without the seconds that it takes to load spaCy and the default pipeline."""
    process = Loaded()
    yield process
    process.close()


@pytest.fixture(scope="session")
def reader(nlp: Language, codebook: Codebook) -> Reader:
    return Reader(nlp, codebook)
