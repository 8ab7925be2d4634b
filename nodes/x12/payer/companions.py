"""Payer profiles, shipped and the installation's own, and the one that is for a payer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from nodes import datafile
from nodes.audit import Used, sha256
from nodes.errors import NotConfigured, UnknownName
from nodes.settings import settings
from nodes.x12.payer.companion import Profile

WHAT, GENERIC = "payer profile", "generic"


@dataclass(frozen=True, slots=True)
class Companion:
    """A profile, and the record of its use."""

    profile: Profile
    used: Used


def read(raw: bytes, file: str) -> Companion:
    """Read one profile; ``file`` is its name, which is the profile's id and ``.yaml``.

    Raises NotConfigured with one complaint per fault: the file, the field and what is wrong,
    never the value.
    """
    profile = datafile.parse(raw, Profile, WHAT, file)
    try:
        re.compile((profile.members.id_pattern if profile.members else None) or "")
    except re.error:
        raise wrong(file, ["members/id_pattern: it is no regular expression"]) from None
    if file != f"{profile.id}.yaml":
        raise wrong(file, [f"id: it must be the file's name, or the file be {profile.id}.yaml"])
    used = Used(kind="payer", id=profile.id, version=profile.version, sha256=sha256(raw))
    return Companion(profile, used)


def wrong(file: str, found: list[str]) -> NotConfigured:
    """A fault of a profile; the first is in the message, all are complaints."""
    return datafile.wrong(WHAT, file, found)


class Library:
    """Profiles found by id, electronic payer id or alias; a later layer goes before an earlier."""

    def __init__(self, *layers: Iterable[Companion]) -> None:
        """Index the layers; two profiles of one layer may not claim the same name."""
        self.by_id: dict[str, Companion] = {}
        self._names: dict[str, str] = {}
        for layer in layers:
            claimed: dict[str, str] = {}
            for one in layer:
                self.by_id[one.profile.id] = one
                for name in names(one.profile):
                    other = claimed.setdefault(name, one.profile.id)
                    if other != one.profile.id:
                        raise wrong(f"{one.profile.id}.yaml", [f"{other}.yaml has the same name"])
            self._names |= claimed

    def find(self, payer: str | None) -> Companion:
        """The profile for an electronic payer id, a profile's id or alias; else the generic one."""
        known = self._names.get(plain(payer or ""), GENERIC)
        found = self.by_id[known]
        return found if plain(payer or "") in names(found.profile) else self.by_id[GENERIC]

    def named(self, name: str) -> Companion:
        """The profile of this id or alias; UnknownName where there is none."""
        found = self.find(name)
        if plain(name) not in names(found.profile):
            raise UnknownName("there is no payer profile of this name")
        return found


def names(profile: Profile) -> set[str]:
    """All a profile is known by."""
    return {plain(name) for name in (profile.id, *profile.payer_ids, *profile.aliases)}


def plain(name: str) -> str:
    """A name as it is compared: without case and outer blanks."""
    return name.strip().casefold()


def folder(path: Path) -> list[Companion]:
    """The profiles of a folder."""
    try:
        found = sorted(one for one in path.iterdir() if one.name.endswith(".yaml"))
        return [read(one.read_bytes(), one.name) for one in found]
    except OSError as error:
        raise NotConfigured(
            f"settings: payers: the folder or a file in it cannot be read: {error.strerror}"
        ) from None


@cache
def shipped() -> tuple[Companion, ...]:
    """The profiles of ``nodes/payers``."""
    inside = sorted((files("nodes") / "payers").iterdir(), key=lambda one: one.name)
    return tuple(read(one.read_bytes(), one.name) for one in inside if one.name.endswith(".yaml"))


@cache
def library() -> Library:
    """The shipped profiles under those of the settings' ``payers`` folder; once per process."""
    own = settings().payers
    return Library(shipped(), folder(Path(own)) if own else ())


def companion(payer: str | None) -> Companion:
    """The profile for a payer id, else the generic one."""
    return library().find(payer)
