"""What is missing is unknown, decides nothing where another part does, and is asked for."""

from tests.bench.policies import RIGHT, answers


def test_the_rule_of_the_bench_gets_missing_right():
    assert answers() == RIGHT
