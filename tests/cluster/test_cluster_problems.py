"""What is told about units and errors, what goes over the line, and addresses that cannot be."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azstance.cluster import ClusterError, Limits, run_units
from azstance.cluster.doer import Doer, installed_version
from azstance.cluster.engine import _patience, _Round, _silence
from azstance.cluster.messages import Message, Order
from azstance.cluster.problems import LONGEST_NAME, LONGEST_PROBLEM, describe, unit_name
from azstance.cluster.quiet import environment


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ('{"name": "part-0001", "paths": ["a.txt"]}', "part-0001"),
        ('{"key": "b"}', "b"),
        ('{"ids": {}, "unit": {"name": "00001-abc", "parts": []}}', "00001-abc"),
        ('{"name": 3}', '{"name": 3}'),
        ("not json", "not json"),
        ('["a"]', '["a"]'),
        (json.dumps({"name": "two\nlines\x1b[31m"}), "two lines\N{REPLACEMENT CHARACTER}[31m"),
    ],
)
def test_unit_name(unit: str, name: str) -> None:
    assert unit_name(unit) == name


@given(st.text())
def test_names_and_problems_are_one_short_line(text: str) -> None:
    for told, longest in ((unit_name(text), LONGEST_NAME), (describe(OSError(text)), 300)):
        assert len(told) <= longest <= LONGEST_PROBLEM
        assert told.isprintable()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "RuntimeError"),
        ("no room", "RuntimeError: no room"),
        (
            "task failed\nTraceback (most recent call last):\n  ...\nValueError: a bug\n",
            "ValueError: a bug",
        ),
        ("first\nsecond", "RuntimeError: first"),
        (
            "UDF process closed the connection unexpectedly (EOF reached), stdout: []",
            "a worker process was killed (out of memory?)",
        ),
        (
            "The actor died unexpectedly before finishing this task.\n\tclass_name: UDFActor",
            "a worker process of the cluster was killed (out of memory?)",
        ),
    ],
)
def test_describe(said: str, told: str) -> None:
    assert describe(RuntimeError(said)) == told


@given(
    st.builds(
        Message,
        kind=st.sampled_from(["connected", "unit", "lost", "failed", "done"]),
        index=st.integers(-1, 10**6),
        text=st.none() | st.text(),
        problem=st.none() | st.text(),
        where=st.none() | st.text(),
        remedy=st.none() | st.text(),
        final=st.booleans(),
        count=st.integers(0, 10**6),
    )
)
def test_messages_come_over_whole_on_one_line(message: Message) -> None:
    line = message.line()
    assert len(line.splitlines()) == 1
    assert Message.parse(line) == message


@given(st.text(), st.lists(st.text()), st.none() | st.text())
def test_orders_come_over_whole_on_one_line(
    job: str, units: list[str], address: str | None
) -> None:
    order = Order(job, units, address, 0, "a:B", 0.5, 1)
    assert len(order.line().splitlines()) == 1
    assert Order.parse(order.line()) == order


def test_other_versions_of_azstance_do_not_mix() -> None:
    message = Doer("{}", "cluster_standin:Worker", "0.0.0").do(7, "{}")
    assert message.index == 7
    assert message.final
    assert installed_version() in str(message.problem)
    assert "0.0.0" in str(message.problem)


def test_the_environment_sends_work_only_where_the_user_said() -> None:
    shell = {
        "RAY_ADDRESS": "elsewhere:1",
        "DAFT_RUNNER": "ray",
        "PATH": "/bin",
        "DO_NOT_TRACK": "0",
    }
    made = environment(shell)
    assert made["PATH"] == "/bin"
    assert made["DO_NOT_TRACK"] == "1"
    assert {"RAY_ADDRESS", "DAFT_RUNNER"}.isdisjoint(made)


@pytest.mark.parametrize(
    "address",
    ["", "host", "ray://", "ray://host", "host:", ":6379", "host:port", "http://host:1", "local"],
)
def test_what_is_no_address_is_said_at_once(address: str) -> None:
    with pytest.raises(ClusterError, match="is not the address of a Ray cluster"):
        run_units("{}", ["{}"], address=address, jobs=1)


@pytest.mark.parametrize(
    ("seen", "limit", "told"),
    [
        (_Round([0], False), 1.0, "no answer within 1 s"),
        (_Round([0], False, connected=True), 5.0, "nothing came back within 5 s"),
        (
            _Round([0], False, connected=True, lost=1),
            3.0,
            "a machine of the cluster died, and nothing came back within 3 s",
        ),
        (
            _Round([0], False, connected=True, lost=2),
            3.0,
            "2 machines of the cluster died, and nothing came back within 3 s",
        ),
    ],
)
def test_how_long_a_silence_may_last(seen: _Round, limit: float, told: str) -> None:
    limits = Limits(connect=1.0, after_loss=3.0, silence=5.0, ready=4.0)
    assert _patience(limits, seen) == limit
    assert _silence(seen, limit) == told


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("form", ["ray://127.0.0.1:{}", "127.0.0.1:{}"])
def test_a_port_without_a_server_is_said_at_once(form: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = form.format(probe.getsockname()[1])
        with pytest.raises(ClusterError, match="cannot be reached: nothing answers") as caught:
            run_units("{}", ["{}"], address=address, jobs=1)
    assert caught.value.where == f"--cluster {address}"


@pytest.mark.usefixtures("nothing_left")
def test_a_server_that_is_silent_is_not_waited_for(
    silent_port: int, corpus: Callable[..., object]
) -> None:
    said: list[str] = []
    units = run_units(
        "{}",
        ["{}"],
        address=f"ray://127.0.0.1:{silent_port}",
        jobs=1,
        say=said.append,
        limits=Limits(connect=2.0),
    )
    began = time.monotonic()
    with pytest.raises(ClusterError, match="cannot be reached: no answer within 2 s"):
        list(units)
    assert said == ["no answer within 2 s; trying to connect once more."]
    assert time.monotonic() - began < 60
