"""The library of policies: shipped and the installation's own, and the one version in force."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from nodes.case import Case
from nodes.errors import Complaint, NotConfigured, UnknownName
from nodes.policy.model import Policy
from nodes.policy.reading import Held as Held
from nodes.policy.reading import assemble, covers, version
from nodes.policy.reading import read as read
from nodes.policy.selection import AmbiguousPolicy as AmbiguousPolicy
from nodes.policy.selection import applies, closest
from nodes.policy.served import spellings
from nodes.settings import settings


class Library:
    """A set of policies, found by the codes they are about."""

    def __init__(self, held: Iterable[Held]) -> None:
        """Index policies by code system and code."""
        self.held = tuple(held)
        self._by_code: dict[tuple[str, str], list[Held]] = {}
        for one in self.held:
            for service in one.policy.services:
                for code in service.codes:
                    self._by_code.setdefault((service.system, code), []).append(one)

    def choose(self, case: Case, named: str | None = None) -> Held:
        """Find the one version in force for a case's service lines on their date of service.

        ``named`` is an id or id@version. Without it the policy is the one for this coverage,
        certification, state and code; the more specific goes first: payer and plan, then payer,
        then line of business or state, then any. Raises UnknownName when there is none and
        AmbiguousPolicy when several remain, or when a plan's or state's own policy would go first
        and the case does not say which plan or state it is; nothing is chosen by chance.
        """
        about = {
            version(one.policy): one
            for line in case.service_lines
            for code in spellings(line)
            for one in self._by_code.get((line.system, code), ())
            if in_force(one.policy, case.date_of_service)
        }
        if named is not None:
            found = [one for name, one in about.items() if named in (name, one.policy.id)]
        else:
            best = closest([one.policy for one in about.values()], case)
            found = [about[version(one)] for one in best]
        if not found:
            raise UnknownName(
                "no policy of that name covers this service on its date"
                if named is not None
                else "no policy here covers this service for this payer, line of business and date;"
                " that does not mean that none exists"
            )
        if len(found) > 1:
            raise AmbiguousPolicy(
                "more than one policy covers this request: name one in `policy`,"
                " or ask for one service at a time"
            )
        return found[0]


def in_force(policy: Policy, day: date) -> bool:
    """Say whether a version holds for services on a day; a draft never does."""
    return policy.status != "draft" and covers(policy, day)


def fits(policy: Policy, case: Case) -> bool:
    """Say whether a policy could decide a request: its service, date of service and coverage."""
    codes = {(one.system, code) for one in policy.services for code in one.codes}
    asked = {(line.system, code) for line in case.service_lines for code in spellings(line)}
    return bool(codes & asked) and in_force(policy, case.date_of_service) and applies(policy, case)


def shipped_files() -> list[Path]:
    """The files of ``nodes/policies``, in the order of their names."""
    return sorted((Path(__file__).parents[1] / "policies").glob("*.yaml"))


@cache
def shipped() -> Library:
    """Load the policies of ``nodes/policies`` once per process; a wrong one is an error."""
    held, wrong = assemble({one.name: one.read_text(encoding="utf-8") for one in shipped_files()})
    for error in wrong.values():
        raise error
    return Library(held.values())


@cache
def installed() -> Library:
    """The shipped policies with the settings' ``policies`` folder added; once per process.

    A file of the folder with the id and version of a shipped one takes its place. Raises
    NotConfigured with one complaint per file that is wrong.
    """
    own = settings().policies
    return with_folder(shipped(), Path(own)) if own else shipped()


def with_folder(library: Library, folder: Path) -> Library:
    """Add the policies of a folder; NotConfigured names every file that is wrong, and why."""
    try:
        files = sorted(one for one in folder.iterdir() if one.name.endswith(".yaml"))
        texts = {one.name: one.read_text(encoding="utf-8") for one in files}
    except OSError as error:
        raise NotConfigured(
            f"settings: policies: the folder or a file in it cannot be read: {error.strerror}"
        ) from None
    except UnicodeError:
        raise NotConfigured("settings: policies: a file in the folder is not UTF-8") from None
    own, wrong = assemble(texts, library.held)
    faults = [f"policies/{name}: {error}" for name, error in wrong.items()]
    names: dict[str, str] = {}
    for name, one in own.items():
        other = names.setdefault(version(one.policy), name)
        if other != name:
            faults.append(f"policies/{name}: the same id and version as {other}")
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise NotConfigured(f"{faults[0]}{more}", [Complaint("", one) for one in faults])
    kept = (one for one in library.held if version(one.policy) not in names)
    return Library((*kept, *own.values()))
