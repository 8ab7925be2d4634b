"""CPU a whole case takes without a model: every offline node of the road, once."""

from time import process_time

from nodes.catalog import NODES
from tests.bench.overhead import OFFLINE

ROUNDS = 20


def measure() -> dict[str, float]:
    """CPU milliseconds per node, from JSON to JSON."""
    spent = {}
    for name in OFFLINE:
        node = NODES[name]
        body = node.example("request")
        node.answer(node.request.model_validate_json(body))
        began = process_time()
        for _ in range(ROUNDS):
            node.answer(node.request.model_validate_json(body))
        spent[name] = (process_time() - began) / ROUNDS * 1000
    return spent


def report() -> None:
    """Print the table."""
    spent = measure()
    print("\nCPU per whole case, no model, ms")
    for name, milliseconds in spent.items():
        print(f"{name:<16}{milliseconds:>9.2f}")
    print(f"{'whole case':<16}{sum(spent.values()):>9.2f}")
