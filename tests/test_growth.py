"""Growth of time is told from more of it, and the collector is left as it was."""

import gc

from tests.growth import BOUND, SPREAD, quickest, seconds


def pairs(items):
    """Look up each in a list of all: quadratic, and as quick as such a mistake can be."""
    return sum(items.index(one) for one in items)


def each(items):
    """Look at each some times."""
    return sum(one + again for one in items for again in range(100))


def make(size):
    return list(range(size))


def test_linear_work_is_within_the_bound_and_quadratic_work_beyond():
    small, large = seconds(each, make, 800)
    assert large < BOUND * small
    small, large = seconds(pairs, make, 500)
    assert large > BOUND * small


def test_the_quickest_try_counts_and_no_more_are_made_than_needed():
    tries = []
    assert quickest(tries.append, 1) < 1 and len(tries) == 3
    assert quickest(tries.append, 1, enough=1) < 1 and len(tries) == 4
    assert SPREAD < BOUND < SPREAD**2


def test_the_collector_runs_again_after_a_failure_too():
    seen = []

    def fail(_):
        seen.append(gc.isenabled())
        raise LookupError

    try:
        quickest(fail, 1)
    except LookupError:
        seen.append(gc.isenabled())
    assert seen == [False, True] and gc.get_freeze_count() == 0
