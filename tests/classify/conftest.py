from __future__ import annotations

import pytest

from azstance.classify.estimator import FrameClassifier

from . import build


@pytest.fixture(scope="session")
def lexical() -> FrameClassifier:
    return build.classifier().fit(*build.data())


@pytest.fixture(scope="session")
def with_meaning() -> FrameClassifier:
    return build.classifier(meaning=True).fit(*build.data(8))
