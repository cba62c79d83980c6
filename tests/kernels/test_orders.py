"""Children that are asked for, and looked for later."""

from __future__ import annotations

import os
import signal

import pytest

from mutu.errors import MachineError
from mutu.kernels.warm import Warm
from mutu.kernels.way import ended

TASK = """
import os, time

def write(argument, descriptor):
    os.write(descriptor, argument["text"].encode())
    time.sleep(argument["seconds"])
"""


@pytest.fixture
def warm(tmp_path):
    """A loaded process whose children write what they are told to."""
    (tmp_path / "task.py").write_text(TASK)
    made = Warm(["task"], {**os.environ, "PYTHONPATH": str(tmp_path)})
    yield made
    made.close()


def ordered(warm, text, seconds=60):
    """A child, and where what it writes can be read."""
    read, written = os.pipe()
    with os.fdopen(written, "wb"):
        return warm.order("task:write", {"text": text, "seconds": seconds}, [written]), os.fdopen(read, "rb")


def test_each_order_has_its_own_child(warm):
    orders = [ordered(warm, text) for text in "abc"]
    (_, first), (_, second), (_, third) = orders
    children = {at: orders[at][0].child for at in (2, 0, 1)}
    assert len({child.pid for child in children.values()}) == 3
    assert [pipe.read(1) for pipe in (first, second, third)] == [b"a", b"b", b"c"]
    for at in (1, 2, 0):
        children[at].send_signal(signal.SIGKILL)
        assert ended(children[at].descriptor, 10)
        assert orders[at][1].read() == b""
    for child in children.values():
        child.close()


def test_what_is_not_looked_for_ends_with_the_loaded_process(warm):
    order, pipe = ordered(warm, "a")
    assert pipe.read(1) == b"a"
    warm.close()
    assert pipe.read() == b""
    with pytest.raises(MachineError):
        _ = order.child


def test_a_loaded_process_that_ended_is_said_to_whoever_looks(warm):
    warm.fork("mutu.kernels.kernel:nothing", {}).close()
    os.kill(warm.pid, signal.SIGSTOP)
    order, _pipe = ordered(warm, "a")
    assert not order.is_lost
    os.kill(warm.pid, signal.SIGKILL)
    with pytest.raises(MachineError):
        _ = order.child
    assert order.is_lost
    with pytest.raises(MachineError):
        warm.order("task:write", {})
