"""The same searches by a plain serial client, in the environment of ``.ci/fhir``.

``python fetch_others.py fhirpy|fhirclient < searches.json`` prints seconds and resources. It
imports nothing of ours: its environment has none of it.
"""

import json
import sys
import time

COUNT = 100


def by_fhirpy(base: str, searches: list[tuple[str, dict[str, list[str]]]]) -> int:
    """Count what fhirpy fetches, all pages."""
    from fhirpy import SyncFHIRClient

    client = SyncFHIRClient(base)
    return sum(
        len(client.resources(kind).search(**asked).limit(COUNT).fetch_all())
        for kind, asked in searches
    )


def by_fhirclient(base: str, searches: list[tuple[str, dict[str, list[str]]]]) -> int:
    """Count what fhirclient fetches, all pages."""
    from importlib import import_module

    from fhirclient import server

    api, found = server.FHIRServer(None, base_uri=base), 0
    for kind, asked in searches:
        model = getattr(import_module(f"fhirclient.models.{kind.lower()}"), kind)
        struct = {name: {"$and": values} for name, values in asked.items()}
        for bundle in model.where({**struct, "_count": str(COUNT)}).perform_iter(api):
            found += len(bundle.entry or [])
    return found


if __name__ == "__main__":
    given = json.load(sys.stdin)
    fetch = {"fhirpy": by_fhirpy, "fhirclient": by_fhirclient}[sys.argv[1]]
    fetch(given["base"], given["searches"][:1])
    began = time.perf_counter()
    count = fetch(given["base"], given["searches"])
    print(json.dumps({"seconds": time.perf_counter() - began, "resources": count}))
