"""The ``payers`` commands: look at payer profiles, and check an installation's own."""

from argparse import Namespace
from pathlib import Path

from nodes.errors import NotConfigured
from nodes.x12.payer.companions import Library, folder, library, read, shipped


def run(asked: Namespace) -> int:
    """List, show or check."""
    return {"list": listed, "show": shown, "check": checked}[asked.action](asked)


def listed(_asked: Namespace) -> int:
    """List the profiles in force: those shipped, under the installation's own."""
    for one in library().by_id.values():
        profile = one.profile
        ids = ", ".join(profile.payer_ids) or "-"
        print(f"{profile.id:<20}{profile.kind:<13}{profile.status:<9}{ids:<14}{profile.name}")
    return 0


def shown(asked: Namespace) -> int:
    """Show the profile that a payer id, profile id or alias leads to, as JSON."""
    found = library().named(asked.payer)
    print(found.profile.model_dump_json(indent=2, exclude_defaults=True))
    return 0


def checked(asked: Namespace) -> int:
    """Check profiles, each by itself and all beside those shipped."""
    path, faults = Path(asked.path), list[str]()
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    for file in files:
        try:
            read(file.read_bytes(), file.name)
        except NotConfigured as error:
            faults += [one.detail for one in error.complaints]
    if path.is_dir() and not faults:
        try:
            Library(shipped(), folder(path))
        except NotConfigured as error:
            faults += [one.detail for one in error.complaints]
    print("\n".join(faults) or f"in order: {len(files)} payer profile{'s'[: len(files) != 1]}")
    return 1 if faults else 0
