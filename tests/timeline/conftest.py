from __future__ import annotations

from collections.abc import Iterator

import pytest
from cli.command import Warm


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """The command without the seconds that it takes to load spaCy."""
    process = Warm()
    yield process
    process.close()
