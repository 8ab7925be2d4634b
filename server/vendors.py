"""Vendor files: the ``vendors`` commands, and the one table of what each vendor offers."""

from argparse import Namespace
from pathlib import Path

from nodes.ehr import vendors
from nodes.ehr.vendor import Limits, Vendor
from nodes.errors import NotConfigured

UNKNOWN = "unknown"
COLUMNS = (
    "vendor", "FHIR R4", "auth", "notes", "writes documents", "tasks", "push", "limits", "checked",
)  # fmt: skip
SAID = {
    "fhir": "FHIR",
    "drchrono": "DrChrono REST v4",
    "tebra": "Tebra SOAP",
    "person": "by hand",
    "bearer": "static token",
    "client_secret": "client secret",
    "private_key_jwt": "signed assertion",
    "refresh_token": "refresh token",
    "subscription": "FHIR Subscription",
    "webhook": "webhook",
    "cds_hooks": "CDS Hooks",
}


def run(asked: Namespace) -> int:
    """List, show or check."""
    return {"list": listed, "show": shown, "check": checked}[asked.action](asked)


def listed(_asked: Namespace) -> int:
    """List the vendors in force: those shipped, under the installation's own."""
    for vendor, _ in vendors.in_force().values():
        documents = then(vendor.write_back.documents)
        print(f"{vendor.id:<17}{vendor.reviewed}  {vendor.name:<28}documents: {documents}")
    return 0


def shown(asked: Namespace) -> int:
    """Show one vendor's file as JSON."""
    print(vendors.asked(asked.vendor).model_dump_json(indent=2, exclude_defaults=True))
    return 0


def checked(asked: Namespace) -> int:
    """Check vendor files, each by itself."""
    path, faults = Path(asked.path), list[str]()
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    for file in files:
        try:
            vendors.read(file.read_bytes(), file.name)
        except NotConfigured as error:
            faults += [one.detail for one in error.complaints]
    print("\n".join(faults) or f"in order: {len(files)} vendor file{'s'[: len(files) != 1]}")
    return 1 if faults else 0


def rows(found: vendors.Vendors) -> list[tuple[str, ...]]:
    """The table: a row per vendor, in the order of ``COLUMNS``."""
    return [row(vendor) for vendor, _ in found.values()]


def row(vendor: Vendor) -> tuple[str, ...]:
    """What one vendor offers, in words; what nobody knows is said to be unknown."""
    return (
        vendor.name,
        searching(vendor),
        ", ".join(SAID[kind] for kind in vendor.auth.kinds) or UNKNOWN,
        then(vendor.notes.ways),
        writing(vendor, vendor.write_back.documents, "DocumentReference"),
        writing(vendor, vendor.write_back.tasks, "Task"),
        pushing(vendor),
        limiting(vendor.limits),
        min(source.checked for source in vendor.sources.values()).isoformat(),
    )


def searching(vendor: Vendor) -> str:
    """The address's shape, and how many types can be searched by patient."""
    types = vendor.fhir.resources
    known = UNKNOWN if types is None else str(len(types))
    return f"{vendor.fhir.base_url or UNKNOWN}; types searched by patient: {known}"


def then(ways: tuple[str, ...]) -> str:
    """Ways, the first choice first."""
    return ", then ".join(SAID[way] for way in ways)


def writing(vendor: Vendor, ways: tuple[str, ...], kind: str) -> str:
    """Ways to write something; FHIR where no statement seen lists the create is said to be so."""
    said = then(ways)
    if kind in vendor.fhir.creates:
        return said
    return said.replace(SAID["fhir"], "FHIR where its statement lists it")


def pushing(vendor: Vendor) -> str:
    """How an order arrives, and how often to ask where nothing is pushed.

    Searches that are known are known by patient: that one across patients is taken, nobody said.
    """
    guessed = vendor.sources[vendor.push.source].verified in {"ours", "memory"}
    ways = ", ".join(SAID[way] for way in vendor.push.ways) or (UNKNOWN if guessed else "none")
    minutes = vendor.push.poll_minutes
    whose = "" if vendor.fhir.searches is None else "by patient "
    polled = f"ask {whose}every {minutes} minutes" if minutes else ""
    return "; ".join(part for part in (ways, polled) if part)


def limiting(limits: Limits) -> str:
    """The published numbers."""
    article = "an" if limits.window == "hour" else "a"
    window = f"{limits.requests} {article} {limits.window}" if limits.requests else ""
    tokens = "tokens included" if limits.counts_tokens else ""
    second = f"{limits.per_second} a second" if limits.per_second else ""
    return ", ".join(part for part in (window, tokens, second) if part) or UNKNOWN
