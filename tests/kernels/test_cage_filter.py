"""The filter of system calls, run by a second reading of the kernel's rules, for processors the tests do not run on."""

import errno
import struct

import pytest

from mutu.kernels.cage import calls
from mutu.kernels.cage import filter as calls_filter

ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
MACHINES = ["x86_64", "aarch64"]
# linux/audit.h
AUDIT = {"x86_64": 62 | 0xC0000000, "aarch64": 183 | 0xC0000000}
I386 = 3 | 0x40000000
# what every program needs: read, write, close, execve, exit_group, fork's clone, futex
DAILY = {"x86_64": [0, 1, 3, 59, 231, 202, 436, 257], "aarch64": [63, 64, 57, 221, 94, 98, 436, 56]}


def verdict(machine, number, *arguments, audit=None):
    """What a kernel answers to a call, by classic BPF as documented in linux/filter.h."""
    wide = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<iIQ6Q", number - (1 << 32) * (number >> 31), audit or AUDIT[machine], 0, *wide)
    program = list(struct.iter_unpack("<HBBI", calls_filter.program(machine)))
    accumulator, at = 0, 0
    while True:
        code, then, otherwise, value = program[at]
        at += 1
        if code == 0x20:  # load a word
            accumulator = struct.unpack_from("<I", data, value)[0]
        elif code == 0x54:  # and
            accumulator &= value
        elif code == 0x06:  # return
            return value
        else:
            holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}[code]
            at += then if holds else otherwise


def refused(number):
    return ERROR | number


@pytest.mark.parametrize("machine", MACHINES)
def test_every_named_call_is_judged(machine):
    known = calls.of(machine)
    assert {verdict(machine, number) for number in known.forbidden} == {refused(errno.EPERM)}
    assert {verdict(machine, number) for number in known.absent} == {refused(errno.ENOSYS)}
    assert {verdict(machine, number) for number in DAILY[machine]} == {ALLOW}


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_the_kernels_own(machine):
    """One number for each name, none twice; a few as the man pages and headers give them."""
    numbers = calls.of(machine).numbers
    assert len(set(numbers.values())) == len(numbers)
    sample = {"x86_64": {"ptrace": 101, "mount": 165, "bpf": 321}, "aarch64": {"ptrace": 117, "mount": 40, "bpf": 280}}
    assert {name: numbers[name] for name in sample[machine]} == sample[machine]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("clone", [0x01200011], ALLOW),  # fork
        ("clone", [0x003D0F00], ALLOW),  # a thread
        ("clone", [0x10000011], refused(errno.EPERM)),
        ("clone", [0x00020011], refused(errno.EPERM)),
        ("clone", [0x7E020000], refused(errno.EPERM)),
        ("clone", [0xFFFF_FFFF_4000_0000], refused(errno.EPERM)),
        ("personality", [0xFFFFFFFF], ALLOW),
        ("personality", [0], ALLOW),
        ("personality", [0x0040000], refused(errno.EPERM)),
        ("socket", [1], ALLOW),
        ("socket", [2], ALLOW),
        ("socket", [10], ALLOW),
        ("socket", [16], refused(errno.EAFNOSUPPORT)),
        ("socket", [40], refused(errno.EAFNOSUPPORT)),
        ("setsockopt", [0, 1, 2], ALLOW),
        ("setsockopt", [0, 6, 7], ALLOW),
        ("setsockopt", [0, 1, 7], refused(0)),
        ("setsockopt", [0, 1, 32], refused(0)),
        ("ioctl", [0, 0x5401], ALLOW),
        ("ioctl", [0, 0x5412], refused(errno.EPERM)),
        ("ioctl", [0, 0xFFFF_FFFF_0000_5412], refused(errno.EPERM)),
        ("ioctl", [0, 0x541C], refused(errno.EPERM)),
        ("prctl", [1], refused(errno.EPERM)),
        ("prctl", [15], ALLOW),
        ("mmap", [0, 0, 3, 0x22], ALLOW),
        ("mmap", [0, 0, 3, 0x01], ALLOW),
        ("mmap", [0, 0, 3, 0x21], refused(errno.EPERM)),
        ("mmap", [0, 0, 3, 0x23], refused(errno.EPERM)),
    ],
)
def test_arguments_decide(machine, name, arguments, answer):
    assert verdict(machine, calls.of(machine).numbers[name], *arguments) == answer


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_unknown_is_not_there(machine):
    assert verdict(machine, 463) == refused(errno.ENOSYS)
    assert verdict(machine, 0x40000000 | 101) == refused(errno.ENOSYS)
    assert verdict(machine, 0xFFFFFFFF) == refused(errno.ENOSYS)
    others = [audit for name, audit in AUDIT.items() if name != machine]
    assert {verdict(machine, 0, audit=audit) for audit in (I386, *others)} == {KILL}


def test_a_processor_nobody_knows_has_no_filter():
    assert calls.of("riscv64") is None
    with pytest.raises(KeyError):
        calls_filter.program("riscv64")
