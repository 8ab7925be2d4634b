"""The command line: ``prior-auth``.

Exit status: 0 done, 1 the node refused or a check found faults, 2 the call itself is wrong.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from nodes.errors import NodeError
from server import commands, evaluation, forms, payers, policies, requirements, vendors
from server.usage import parser

COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "list": commands.list_nodes,
    "serve": commands.serve,
    "demo": commands.demo,
    "audit": commands.audit,
    "token": commands.token,
    "key": commands.key,
    "payers": payers.run,
    "policy": policies.run,
    "evaluate": evaluation.run,
    "requirement": requirements.run,
    "form": forms.run,
    "vendors": vendors.run,
    "openapi": commands.openapi,
    "docs": commands.docs,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what goes wrong is a sentence on standard error."""
    asked = parser().parse_args(arguments)
    try:
        status = COMMANDS.get(asked.command, commands.run_node)(asked)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except NodeError as error:
        return commands.complain(error)
    except OSError as error:
        print(f"prior-auth: {error.filename or ''}: {error.strerror}", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
