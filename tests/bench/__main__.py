"""Print every benchmark: ``python -m tests.bench``."""

from tests.bench import cases, overhead, throughput


def main() -> None:
    overhead.report()
    throughput.report()
    cases.report()


if __name__ == "__main__":
    main()
