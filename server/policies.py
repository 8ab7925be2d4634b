"""The ``policy`` commands: read, check and write policies."""

from argparse import Namespace

from server import policy_checks, policy_show

ACTIONS = policy_show.ACTIONS | policy_checks.ACTIONS


def run(asked: Namespace) -> int:
    """Run the one asked for."""
    return ACTIONS[asked.action](asked)
