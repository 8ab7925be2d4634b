"""The ``policy`` commands: read, check and write policies."""

from argparse import Namespace

from server import policy_checks, policy_draft, policy_new, policy_show

WRITING = {
    "new": policy_new.new,
    "draft": policy_draft.draft,
    "approve": policy_draft.approved,
}
ACTIONS = policy_show.ACTIONS | policy_checks.ACTIONS | WRITING


def run(asked: Namespace) -> int:
    """Run the one asked for."""
    return ACTIONS[asked.action](asked)
