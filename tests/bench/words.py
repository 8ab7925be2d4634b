"""What a deterministic summary costs, after the chart was fetched and the policy checked.

No peer writes a cited summary by rule; the floor is the issue's own: 50 ms of CPU for a chart of
4,800 resources.
"""

from time import process_time

from nodes.policy.assess import assess
from nodes.policy.library import shipped
from nodes.summarize import SummarizeRequest, summarize
from tests.bench.policies import TODAY, chart
from tests.bench.policy_rule import bundle
from tests.nodes.policy_world import CGM, case

FLOOR = 50.0
SIZES = (80, 4800)
TRIES = 7


def milliseconds(size: int) -> float:
    """The quickest of some tries, in CPU time."""
    held = next(one for one in shipped().held if one.policy.id == "cms.l33822.cgm.initial")
    asked, read = case(CGM, ("E11.65",), "medicare"), chart(bundle(size))
    request = SummarizeRequest(
        case=asked,
        chart=read,
        assessment=assess(held, asked, read, TODAY),
        writer="deterministic",
    )
    best = float("inf")
    for _ in range(TRIES):
        began = process_time()
        summarize(request)
        best = min(best, process_time() - began)
    return best * 1000


def report() -> None:
    """Print the table."""
    print("\nA deterministic summary, CPU after fetch-chart and check-policy")
    for size in SIZES:
        spent = milliseconds(size)
        told = "" if spent <= FLOOR else f"  ABOVE THE FLOOR OF {FLOOR:.0f}"
        print(f"{size:>6,} resources {spent:>8.1f} ms{told}")


if __name__ == "__main__":
    report()
