"""Print every benchmark: ``python -m tests.bench``."""

from tests.bench import (
    box,
    cases,
    extraction,
    fetch_chart,
    fetch_pages,
    forms,
    icd,
    ocr,
    overhead,
    paper,
    policies,
    throughput,
    verifier,
    words,
    x12_277,
    x12_reading,
    x12_validate,
)


def main() -> None:
    overhead.report()
    throughput.report()
    cases.report()
    policies.report()
    extraction.report()
    words.report()
    paper.report()
    verifier.report()
    x12_reading.report()
    x12_277.report()
    x12_validate.report()
    fetch_chart.report()
    fetch_pages.report()
    icd.report()
    ocr.report()
    box.report()
    forms.report()


if __name__ == "__main__":
    main()
