"""The pages about the policies: which there are, and each in plain words."""

from datetime import UTC, date, datetime

from flask import Blueprint, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from nodes.policy.library import installed
from nodes.policy.outline import outline
from nodes.policy.reading import Held
from server.guide import FILE, NEW, guide
from server.policy_show import others, version_on

policy_pages = Blueprint("policy_pages", __name__)


@policy_pages.get("/policies/")
def index() -> str:
    """List the policies, one line each: the version in force today."""
    day = today()
    told = [outline(version_on(each, day), day) for _, each in sorted(by_id().items())]
    return render_template("policies.html", policies=told)


@policy_pages.get("/policies/<name>")
def policy(name: str) -> str:
    """Show one policy; ``?at=2024-06-01`` the version for that date of service."""
    versions = by_id().get(name)
    if versions is None:
        raise NotFound
    day = asked_day()
    held = version_on(versions, day)
    told = outline(held, day)
    return render_template("policy.html", told=told, others=others(held, versions), at=day)


@policy_pages.get("/docs/write-a-policy")
def write_a_policy() -> str:
    """Show how to write one, step by step."""
    return render_template("guide.html", told=guide(today()), new=NEW, file=FILE)


def by_id() -> dict[str, list[Held]]:
    """Group the versions by the policy's id."""
    found: dict[str, list[Held]] = {}
    for held in installed().held:
        found.setdefault(held.policy.id, []).append(held)
    return found


def asked_day() -> date:
    """Read ``at``; today without it."""
    given = request.args.get("at")
    try:
        return date.fromisoformat(given) if given else today()
    except ValueError:
        raise BadRequest("`at` is a date such as 2024-06-01") from None


def today() -> date:
    """The day, UTC."""
    return datetime.now(UTC).date()
