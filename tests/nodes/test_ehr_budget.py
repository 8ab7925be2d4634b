"""An EHR is asked as often as its vendor allows, by all threads of a process together."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from nodes.ehr import budget
from nodes.ehr.budget import CLOCKS_DIFFER, Budget
from nodes.ehr.vendor import Limits
from nodes.errors import UpstreamBusy

HOUR = 3600 * 400_000


class Time:
    """Both clocks; whoever waits moves them."""

    def __init__(self, wall=HOUR):
        self.now, self.offset = 50.0, wall - 50.0

    def clock(self):
        return self.now

    def wall(self):
        return self.now + self.offset


def book_of(time, part=1.0, **limits):
    return Budget(Limits(source="x", **limits), part, clock=time.clock, wall=time.wall)


def turns(book, time, count, left=1e9):
    """When so many requests are made that each wait for their turn, counted from now."""
    began, found = time.now, []
    for _ in range(count):
        wait, _ = book.book(left)
        time.now += wait
        found.append(round(time.now - began, 6))
    return found


def test_without_published_limits_nothing_waits():
    assert turns(book_of(time := Time()), time, 1000) == [0] * 1000


def test_a_throttle_by_the_second_spreads_requests():
    time = Time()
    assert turns(book_of(time, per_second=10), time, 25) == [0] * 10 + [1] * 10 + [2] * 5


def test_a_rolling_window_opens_as_its_requests_grow_old():
    time = Time()
    book = book_of(time, requests=2, window="minute")
    assert turns(book, time, 1) == [0]
    time.now += 40
    assert turns(book, time, 3) == [0, 20, 60]


def test_a_window_by_the_clock_opens_at_its_top():
    time = Time(HOUR + 3590)
    book = book_of(time, requests=3, window="hour", reset="clock")
    assert turns(book, time, 5) == [0, 0, 0, 10 + CLOCKS_DIFFER, 10 + CLOCKS_DIFFER]
    time.now += 3600
    assert turns(book, time, 4) == [0, 0, 0, 3600]


def test_window_and_throttle_hold_together():
    time = Time(HOUR + 58)
    book = book_of(time, requests=250, window="minute", reset="clock", per_second=100)
    found = turns(book, time, 600)
    wall = [58 + turn for turn in found]
    for start in (0, 60, 120):
        assert sum(start <= moment < start + 60 for moment in wall) <= 250
    assert all(later - first >= 1 for first, later in zip(found, found[100:], strict=False))


def test_a_turn_after_the_deadline_is_busy_with_the_time_to_wait():
    time = Time(HOUR + 1800)
    book = book_of(time, requests=1, window="hour", reset="clock")
    book.book(20)
    for _ in range(3):
        with pytest.raises(UpstreamBusy, match="used up") as caught:
            book.book(20)
        assert caught.value.retry_after == 1801
    assert book.book(1801)[0] == 1800 + CLOCKS_DIFFER


def test_a_part_of_the_budget_is_this_process_own():
    time = Time()
    book = book_of(time, 0.25, requests=100, window="minute", per_second=8, concurrency=1)
    assert turns(book, time, 5) == [0, 0, 1, 1, 2]
    few = book_of(time, 0.01, requests=20, window="minute")
    assert turns(few, time, 2) == [0, 300]


def test_all_rest_when_one_is_told_to_and_who_has_waited_goes_on():
    time = Time()
    book = book_of(time)
    until = book.rest(7)
    assert book.book(20) == (7, until)
    assert book.book(20, until)[0] == 0
    with pytest.raises(UpstreamBusy):
        book.book(5)
    book.rest(86_400)
    assert book.book(1e9)[0] == budget.LONGEST


def test_a_reset_is_known_where_it_goes_by_the_clock():
    time = Time(HOUR + 59)
    assert book_of(time, requests=9, window="minute", reset="clock").until_reset() == 1.25
    assert book_of(time, requests=9, window="minute").until_reset() is None


def test_threads_together_stay_within_the_limits():
    time = Time()
    book = book_of(time, requests=500, window="hour", reset="clock", per_second=10)
    with ThreadPoolExecutor(16) as pool:
        found = sorted(turn for _, turn in pool.map(lambda _: book.book(1e9), range(700)))
    within = [turn - time.now for turn in found]
    assert sum(turn < 3600 for turn in within) == 500
    assert all(later - first >= 0.999 for first, later in zip(within, within[10:], strict=False))


def test_no_more_are_under_way_than_allowed():
    book = Budget(Limits(source="x", concurrency=3))
    under_way, most, lock = 0, 0, threading.Lock()
    meeting = threading.Barrier(3)

    def one(_):
        nonlocal under_way, most
        with book.slot(30):
            with lock:
                under_way += 1
                most = max(most, under_way)
            meeting.wait(10)
            with lock:
                under_way -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(12)))
    assert most == 3
    with (
        book.slot(1),
        book.slot(1),
        book.slot(1),
        pytest.raises(UpstreamBusy, match="under way"),
        book.slot(0.01),
    ):
        raise AssertionError("a fourth was let in")


def test_a_book_is_one_for_an_address_and_a_client():
    limits = Limits(source="x")
    mine = budget.shared("https://a.test/r4", "me", limits, 1.0)
    assert budget.shared("https://a.test/r4", "me", limits, 1.0) is mine
    assert budget.shared("https://a.test/r4", "you", limits, 1.0) is not mine
    assert budget.shared("https://b.test/r4", "me", limits, 1.0) is not mine
