"""``make demo-n8n``: the sandbox, the node server and a real n8n, with five orders on their way."""

import json
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.n8n.instance import OWNER
from tests.n8n.orders import event
from tests.n8n.stage import Stage

ORDERS = {
    "PA-1001": ("lopez", "waits for you; the payer will certify it"),
    "PA-1002": ("okafor", "waits for you; the payer will want time"),
    "PA-1003": ("berg", "waits for you; the payer will deny it, an appeal is drafted"),
    "PA-1004": ("hale", "a gap in the chart: stops with a task in the EHR"),
    "PA-1005": ("reed", "two patients in one order: stops with a task in the EHR"),
}


def main() -> int:
    """Start everything, send the orders, say where to look, stay until interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print("Starting the sandbox, the node server and n8n (about half a minute) ...", flush=True)
    with TemporaryDirectory(prefix="prior-auth-demo-") as folder:
        try:
            with Stage(Path(folder), keep_executions=True) as stage:
                account(stage)
                signal.pause()
        except KeyboardInterrupt:
            print("\nEnded; nothing is kept.")
    return 0


def account(stage: Stage) -> None:
    """Send the orders and print addresses, sign-ins and a call to try."""
    for case_id, (who, _) in ORDERS.items():
        stage.order(event(who, case_id))
    for case_id in ("PA-1001", "PA-1002", "PA-1003"):
        stage.until_status(case_id, "waiting_for_review")
    print("\nFive orders were sent to n8n:")
    for case_id, (who, words) in ORDERS.items():
        print(f"  {case_id}  {who:8} {words}")
    sandbox = stage.sandbox.base_url
    print(f"""
1. Watch    {stage.n8n.url}   (open it as 127.0.0.1, not localhost)
            {OWNER}   {stage.n8n.password}
2. Review   {stage.server.base_url}/review/
            {stage.server.reviewer_token}
3. Then see what the payer received and what was written to the EHR
            {sandbox}/sandbox/payer/state
            {sandbox}/sandbox/ehr/written

Send an order of your own:
  curl -X POST {stage.n8n.url}/webhook/prior-auth/orders -H 'X-Order-Token: {stage.order_token}' \\
    -H 'Content-Type: application/json' -d '{json.dumps(event("nguyen", "PA-1006"))}'

Every patient here is invented. Ctrl-C ends it; nothing is kept.""")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
