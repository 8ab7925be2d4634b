"""A stream is read in bounded memory, however large it is."""

import pytest

from tests.bench.x12_reading import LARGE, large, memory


@pytest.mark.slow
def test_a_hundred_megabytes_are_read_in_less(tmp_path):
    small = memory(str(large(tmp_path, LARGE // 10)))["memory"]
    told = memory(str(large(tmp_path, LARGE)))
    assert told["segments"] > 4_000_000
    assert told["memory"] < 100 and told["memory"] < small + 30
