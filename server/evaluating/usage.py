"""What can be said on the command line after ``prior-auth evaluate``."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import get_args

from nodes.prose import Writer
from server.calendar import calendar_day, months
from server.evaluating import cases

HELP = {
    "all": "every node that has cases, each held against the gates of a release",
    "drift": "what changed between two periods: what came in, outcomes, overrides, forecasts",
    "adopt": "make a case of a reviewer's correction, in a file of yours",
}


def evaluate(group: ArgumentParser) -> None:
    """Describe ``evaluate``."""
    actions = group.add_subparsers(dest="action", required=True)
    for name in ("all", *cases.names()):
        one = actions.add_parser(name, help=HELP.get(name, f"cases of {name}"))
        _node(one)
        if name == "negation":
            one.add_argument("--set", metavar="FILE", help="a file of the public NegEx set instead")
    _drift(actions.add_parser("drift", help=HELP["drift"]))
    _adopt(actions.add_parser("adopt", help=HELP["adopt"]))
    denial = actions.add_parser(
        "denial", help="the base rates of predict-denial, on outcomes of yours, split in time"
    )
    denial.add_argument("history", help="JSON list, JSON lines or CSV; -: standard input")
    denial.add_argument(
        "--split", type=calendar_day, metavar="DATE", help="first day foretold; none: the"
        " last quarter of the outcomes",
    )  # fmt: skip
    denial.add_argument(
        "--half-life", type=months, metavar="MONTHS", help="1 to 240; none: all weigh the same"
    )
    denial.add_argument(
        "--as-of", type=calendar_day, metavar="DATE", help="outcomes decided later are left"
        " out; none: today",
    )  # fmt: skip
    denial.add_argument("--json", action="store_true", help="the report as JSON")


def _node(one: ArgumentParser) -> None:
    one.add_argument("--cases", metavar="FILE", help="your own cases; none: those of the project")
    one.add_argument("--gates", metavar="FILE", help="floors to hold; none: those of the project")
    one.add_argument("--against", metavar="FILE", help="an earlier report of --json, to compare")
    one.add_argument(
        "--writer", choices=get_args(Writer), default="deterministic", help="who writes prose"
    )
    one.add_argument(
        "--price", type=price, metavar="IN,OUT", help="per million tokens, to say what it cost"
    )
    one.add_argument("--wrong", action="store_true", help="also list each case that is not right")
    one.add_argument("--json", action="store_true", help="the report as JSON")


def _drift(one: ArgumentParser) -> None:
    one.add_argument(
        "before", help="records of a period: JSON list or JSON lines; or outcomes, also as CSV"
    )
    one.add_argument("now", help="the same of a later one; -: standard input")
    one.add_argument("--json", action="store_true", help="the report as JSON")


def _adopt(one: ArgumentParser) -> None:
    one.add_argument("correction", help="JSON: node, id, request, expect; or a reviewed packet")
    one.add_argument("--to", required=True, metavar="FILE", help="your cases; made when not there")
    one.add_argument("--request", metavar="FILE", help="of a packet: what summarize was asked")
    one.add_argument("--id", default="reviewed", help="of a packet: the new case's id")


def price(text: str) -> tuple[float, float]:
    """Read two prices."""
    try:
        asked, said = (float(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError("two numbers with a comma, such as 3,15") from None
    return asked, said
