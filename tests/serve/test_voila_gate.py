"""Places for kernels and the rate of pages, on a clock that the test turns."""

from __future__ import annotations

from mutu.serve.voila.gate import Backlog, Limits, Rate, Seats, new_visitor


class Clock:
    """Stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def _seats(**limits):
    clock = Clock()
    return Seats(Limits(**limits), clock), clock


def test_no_more_places_are_given_than_there_are():
    seats, _clock = _seats(kernels=2)
    first, second = seats.take("a"), seats.take("a")
    assert seats.take("b") is None
    seats.leave(first)
    assert seats.take("b") not in (None, second)


def test_a_place_belongs_to_the_visitor_who_took_it():
    seats, _clock = _seats()
    kernel = seats.take("a")
    assert seats.belongs(kernel, "a")
    assert not seats.belongs(kernel, "b")
    assert not seats.belongs(kernel, None)
    assert not seats.belongs("other", "a")


def test_a_page_that_is_still_being_made_keeps_its_kernel():
    seats, clock = _seats(after_close=60)
    kernel = seats.take("a")
    clock.now = 100
    assert seats.overdue() == []
    clock.now = 300
    assert seats.overdue() == [kernel]
    clock.now = 100
    seats.shown(kernel)
    clock.now = 159
    assert seats.overdue() == []
    clock.now = 160
    assert seats.overdue() == [kernel]


def test_a_kernel_is_overdue_a_minute_after_its_last_page_left():
    seats, clock = _seats(after_close=60)
    kernel = seats.take("a")
    seats.connected(kernel)
    seats.connected(kernel)
    seats.disconnected(kernel)
    clock.now = 100
    assert seats.overdue() == []
    seats.disconnected(kernel)
    clock.now = 160
    assert seats.overdue() == [kernel]


def test_a_silent_page_is_overdue_and_one_that_speaks_is_not():
    seats, clock = _seats(after_idle=900)
    silent, speaking = seats.take("a"), seats.take("b")
    seats.connected(silent)
    seats.connected(speaking)
    clock.now = 899
    seats.spoke(speaking)
    clock.now = 901
    assert seats.overdue() == [silent]


def test_a_rate_lets_a_burst_pass_and_then_so_many_a_second():
    clock = Clock()
    rate = Rate(a_second=2, burst=3, clock=clock)
    assert [rate.allows("a") for _turn in range(4)] == [True, True, True, False]
    assert rate.allows("b")
    clock.now = 0.5
    assert [rate.allows("a") for _turn in range(2)] == [True, False]


def test_no_two_visitors_have_the_same_secret():
    assert len({new_visitor() for _turn in range(1000)}) == 1000


def test_who_does_not_read_goes_and_of_all_the_slowest():
    backlog = Backlog(for_one=10, for_all=25)
    for reader, size in (("a", 9), ("b", 10), ("c", 5)):
        assert backlog.too_slow(reader, size) is None
        backlog.add(reader, size)
    assert backlog.too_slow("a", 2) == "a"
    assert backlog.too_slow("a", 1) is None
    assert backlog.too_slow("c", 2) == "b"
    backlog.read("b", 10)
    assert backlog.too_slow("c", 2) is None
    assert backlog.waiting == {"a": 9, "c": 5}
