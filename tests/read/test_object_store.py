"""A store that speaks S3, on this machine: needs moto[server], and is passed over without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from azstance.read import read_paths
from azstance.read.units import plan_units, read_unit
from azstance.records import Article, Skipped

from .test_addresses import corpus, shape

server = pytest.importorskip("moto.server")


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"?region=us-east-1&scheme=http&endpoint_override={host}:{port}"
    running.stop()


def test_a_bucket_gives_what_the_folder_gives(tmp_path: Path, options: str) -> None:
    from pyarrow import fs

    folder = corpus(tmp_path)
    store, _ = fs.FileSystem.from_uri(f"s3://{options}&allow_bucket_creation=true")
    store.create_dir("news")
    fs.copy_files(str(folder), "news/2024", destination_filesystem=store)
    address = f"s3://news/2024/{options}"
    found = list(read_paths([address]))
    clean = [shape(iter([x]), "")[0] for x in found]
    expected = list(read_paths([folder]))
    assert [x.id for x in found if isinstance(x, Article)] == [
        x.id for x in expected if isinstance(x, Article)
    ]
    assert [x.card for x in found if isinstance(x, Article)] == [
        x.card for x in expected if isinstance(x, Article)
    ]
    assert len(clean) == 9
    units = plan_units([address], articles_per_unit=1).units
    assert len([x for unit in units for x in read_unit(unit) if not isinstance(x, Skipped)]) == 8


def test_a_bucket_that_is_not_there(options: str) -> None:
    (skip,) = read_paths([f"s3://no-such-bucket/x{options}"])
    assert isinstance(skip, Skipped)
    assert "is not there" in skip.reason
