"""What can be typed after ``prior-auth``."""

import re
import socket
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from typing import Any, get_args

from nodes.case import LineOfBusiness
from nodes.catalog import NODES
from nodes.node import VERSION
from nodes.principal import Role
from nodes.requirement.table import Urgency
from server.calendar import calendar_day
from server.evaluating.usage import evaluate

ABOUT = """Prior Auth Nodes: small stateless nodes for healthcare prior authorization.

A node reads its request, JSON, from a file or standard input, and writes its response, JSON:
  prior-auth check-policy < request.json > response.json"""
MORE = """Settings are read from the file that PRIOR_AUTH_CONFIG names. PRIOR_AUTH_TOKEN says who
you are to the nodes that must know (attest), and names you in the audit entry of the others.
Exit status: 0 done, 1 refused or faults found, 2 called wrongly."""


def parser() -> ArgumentParser:
    """Describe every command; the nodes come first, in the order a request meets them."""
    top = ArgumentParser(
        "prior-auth", description=ABOUT, epilog=MORE, formatter_class=RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=VERSION)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for node in NODES.values():
        one = commands.add_parser(node.name, help=node.summary, description=node.summary)
        one.add_argument("file", nargs="?", default="-", help="the request; -: standard input")
    commands.add_parser("list", help="list the nodes and the roles that may run them")
    serve = commands.add_parser("serve", help="serve the nodes, their docs and the review pages")
    serve.add_argument("--bind", default="127.0.0.1:8000", type=address, metavar="HOST:PORT")
    serve.add_argument(
        "--sandbox", action="store_true", help="with an invented EHR and payer; not for real data"
    )
    commands.add_parser("demo", help="walk invented patients down the whole road")
    verify = commands.add_parser("audit", help="check a chain of audit entries").add_subparsers(
        dest="action", required=True
    )
    verifying = verify.add_parser("verify", help="find entries edited, removed, added or moved")
    verifying.add_argument("file", help="JSON list or lines: entries, or responses with one")
    verifying.add_argument(
        "--head", metavar="SHA256", help="the last entry's hash, kept where nobody could change it"
    )
    key = commands.add_parser("key", help="make the key that signs attestations").add_subparsers(
        dest="action", required=True
    )
    new = key.add_parser("new", help="an EC P-256 private key in PEM")
    new.add_argument("file", nargs="?", default="-", help="new file, mode 0600; -: standard output")
    payers(commands.add_parser("payers", help="look at payer profiles, and check your own"))
    policy(commands.add_parser("policy", help="read, write and check policies"))
    evaluate(commands.add_parser("evaluate", help="measure nodes on cases with known answers"))
    requirement(
        commands.add_parser("requirement", help="look at the rules on what to authorize, ask them")
    )
    form(commands.add_parser("form", help="begin a payer's form, check its mapping, fill it"))
    vendors(commands.add_parser("vendors", help="look at EHR vendor files, and check your own"))
    token(commands.add_parser("token", help="make a credential for a person or a service"))
    commands.add_parser("openapi", help="write the OpenAPI 3.1 document")
    docs = commands.add_parser("docs", help="write generated documentation")
    docs.add_argument("part", choices=["table"], help="table: the nodes as a Markdown table")
    return top


def payers(group: ArgumentParser) -> None:
    """Describe ``payers``."""
    actions = group.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="every profile in force, with its payer ids")
    show = actions.add_parser("show", help="a profile as JSON")
    show.add_argument("payer", help="electronic payer id, profile id or alias")
    check = actions.add_parser("check", help="find faults in profiles, by file and field")
    check.add_argument("path", help="a profile, or a folder of them")


def form(group: ArgumentParser) -> None:
    """Describe ``form``."""
    actions = group.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="a folder with a proposed mapping, from the form's PDF")
    new.add_argument("file", help="the form's PDF, as its issuer publishes it")
    new.add_argument("--name", metavar="PAYER/FORM", help="none: new/ and the file's name")
    new.add_argument("--folder", default="forms", help="where its folder goes; none: forms")
    new.add_argument(
        "--flat", action="store_true", help="leave out the PDF's own fields: read printed lines"
    )
    check = actions.add_parser("check", help="find faults in a form's mapping, by place")
    check.add_argument("folder", help="a folder with form.pdf and mapping.yaml")
    fill = actions.add_parser("fill", help="fill a form, to look at it")
    fill.add_argument("folder", help="a folder with form.pdf and mapping.yaml")
    fill.add_argument(
        "--case", metavar="FILE", help="JSON: a case, or a fill-form request; none: the sandbox's"
    )
    fill.add_argument("-o", "--out", metavar="FILE", help="new PDF; none: preview.pdf there")


def policy(group: ArgumentParser) -> None:
    """Describe ``policy``."""
    actions = group.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="every policy and version")
    show = actions.add_parser("show", help="a policy in plain words")
    show.add_argument("policy", help="its id, how its id begins, or a file")
    show.add_argument(
        "--at", type=calendar_day, metavar="YYYY-MM-DD", help="date of service; today"
    )
    show.add_argument("--json", action="store_true", help="the same as JSON")
    policy_checks(actions)
    policy_writing(actions)


def policy_writing(actions: Any) -> None:
    """Describe the commands of ``policy`` that write."""
    day = {"type": calendar_day, "metavar": "YYYY-MM-DD"}
    new = actions.add_parser("new", help="a policy file and its cases to begin with")
    new.add_argument("file", help="new file; its cases go into cases/ beside it")
    draft = actions.add_parser("draft", help="have Claude propose a policy from a payer's text")
    draft.add_argument("file", help="the payer's policy: a PDF, or text in UTF-8")
    draft.add_argument("--out", metavar="FILE", help="new file; none: <id>.yaml")
    draft.add_argument("--from", dest="first", **day, help="first date of service; today")
    for one in (new, draft):
        needed = one is draft
        one.add_argument("--id", required=needed, help="such as acme.knee-brace")
        one.add_argument("--title", required=needed, help="such as Knee brace")
        one.add_argument(
            "--code", action="append", required=needed, help="L1833, CPT 72148; may be repeated"
        )
        one.add_argument("--source", help="the payer's own number of it")
        one.add_argument("--payer", action="append", help="electronic payer id; none: any payer")
        one.add_argument(
            "--line-of-business", action="append", choices=get_args(LineOfBusiness), metavar="LINE"
        )
    approve = actions.add_parser("approve", help="let a draft decide, when its cases pass")
    approve.add_argument("file")
    approve.add_argument("--by", required=True, help="who read it against its source")
    approve.add_argument("--on", **day, help="today")


def policy_checks(actions: Any) -> None:
    """Describe the commands of ``policy`` that check."""
    test = actions.add_parser("test", help="run the policies' own cases")
    test.add_argument("paths", nargs="*", help="policy files or folders; none: those shipped")
    diff = actions.add_parser("diff", help="what differs between two versions, in plain words")
    diff.add_argument("old", help="a policy file, an id or id@version")
    diff.add_argument("new", help="the same")
    diff.add_argument(
        "--cases", metavar="FILE", help="open cases, JSON list of {case, chart or assessment}"
    )
    diff.add_argument("--json", action="store_true", help="the same as JSON")
    check = actions.add_parser("lint", help="find what is wrong in policy files")
    check.add_argument("paths", nargs="*", help="policy files or folders; none: those shipped")
    check.add_argument("--json", action="store_true", help="the findings as JSON")
    check.add_argument(
        "--at", type=calendar_day, metavar="YYYY-MM-DD", help="day for reviews; today"
    )
    test.add_argument(
        "--coverage", action="store_true", help="also list what no case shows; that is a fault too"
    )


def requirement(group: ArgumentParser) -> None:
    """Describe ``requirement``."""
    day, actions = calendar_day, group.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="every rule in force")
    listing.add_argument("--payer", help="only those of this electronic payer id")
    lint = actions.add_parser("lint", help="find rules that tie, codes that ended, old sources")
    lint.add_argument("path", nargs="?", help="a table, or a folder of them; none: those in force")
    check = actions.add_parser("check", help="ask whether a code must be authorized")
    check.add_argument("code", help="CPT or HCPCS")
    check.add_argument("--payer", required=True, help="electronic payer id")
    check.add_argument("--lob", default="unknown", choices=get_args(LineOfBusiness))
    check.add_argument("--urgency", default="standard", choices=get_args(Urgency))
    for name, words in (
        ("plan", "plan name"),
        ("state", "where it is given, such as TX"),
        ("place", "CMS place of service code, such as 22"),
    ):
        check.add_argument(f"--{name}", help=words)
    check.add_argument("--quantity", type=int)
    check.add_argument("--age", type=int)
    check.add_argument("--diagnosis", action="append", metavar="ICD10", help="may be repeated")
    check.add_argument("--on", type=day, metavar="DATE", help="date of service; none: today")
    for one in (lint, check):
        one.add_argument("--as-of", type=day, metavar="DATE", help="the day of asking; none: today")


def vendors(group: ArgumentParser) -> None:
    """Describe ``vendors``."""
    actions = group.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="every vendor file in force")
    show = actions.add_parser("show", help="a vendor file as JSON")
    show.add_argument("vendor", help="its id, such as drchrono")
    check = actions.add_parser("check", help="find faults in vendor files, by file and field")
    check.add_argument("path", help="a vendor file, or a folder of them")


def token(group: ArgumentParser) -> None:
    """Describe ``token new``."""
    new = group.add_subparsers(dest="action", required=True).add_parser(
        "new", help="print a token, once, and its entry for the settings file"
    )
    new.add_argument("--subject", required=True, help="stable id such as person:jdoe; no PHI")
    new.add_argument("--name", required=True, help="as shown and attested")
    new.add_argument("--kind", required=True, choices=["person", "service"])
    new.add_argument("--role", required=True, action="append", choices=get_args(Role), dest="roles")
    new.add_argument("--title", help="such as MD")
    new.add_argument(
        "--node", action="append", choices=list(NODES), dest="nodes", metavar="NODE",
        help="only these nodes; may be repeated",
    )  # fmt: skip
    new.add_argument("--expires", type=calendar_day, metavar="YYYY-MM-DD", help="its last day, UTC")


def address(given: str) -> str:
    """Read where to listen: a host of this machine, an IPv6 address in brackets, and a port."""
    found = re.fullmatch(r"(\[[^\]]+\]|[^\s:]*):([0-9]{1,5})", given)
    if not found or int(found[2]) > 65535:
        raise ArgumentTypeError("give HOST:PORT with a port from 0 to 65535")
    try:
        socket.getaddrinfo(found[1].strip("[]") or None, int(found[2]), flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise ArgumentTypeError("this host is not known here") from None
    return given
