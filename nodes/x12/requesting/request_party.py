"""The people and organizations of a 278 request: payer, providers, and what numbers they have."""

from typing import NamedTuple

from nodes.case import Case, InvolvedProvider, Provider
from nodes.x12.payer.companion import Profile, Reviewer
from nodes.x12.requesting.sheet import Given, Sheet
from nodes.x12.requesting.untold import Omitted

ROLES = {
    "rendering": ("SJ", "PE"),
    "attending": ("71", "AT"),
    "operating": ("72", "OP"),
    "ordering": ("DK", "OR"),
    "referring": ("DN", "RF"),
    "admitting": ("AAJ", "AD"),
    "facility": ("FA", "PE"),
    "supplier": ("QB", "PE"),
    "primary_care": ("P3", "PC"),
}


class Numbered(NamedTuple):
    """A number: the field as payer profiles name it, its usual REF01, and our words."""

    field: str
    qualifier: str
    words: str


NUMBERS = (Numbered("tax_id", "EI", "Tax id"), Numbered("plan_number", "ZH", "Number at the payer"))


def qualifier(profile: Profile, loop: str, value: str, usual: str) -> str | None:
    """REF01 for a number in a loop: the payer's choice, else the usual; none: it takes none."""
    rules = [rule for rule in profile.references if (rule.loop, rule.value) == (loop, value)]
    for rule in rules:
        if rule.usage != "refused":
            return rule.qualifier
    refused = {rule.qualifier for rule in profile.references if rule.usage == "refused"}
    return None if usual in refused and rules else usual


def payer(sheet: Sheet, case: Case, profile: Profile) -> None:
    """2010A: who decides, as the payer wants to be named."""
    known = profile.reviewer or Reviewer(source="none")
    pointer = "/case/coverage/payer"
    name = known.name or sheet.text(f"{pointer}/name", case.coverage.payer.name)
    number = known.id or sheet.text(f"{pointer}/id", case.coverage.payer.id)
    sheet.add(
        "2010A",
        f"Payer: {name}, payer id {number}",
        "NM1",
        entity=known.entity,
        type="2",
        name=name,
        id_qualifier=known.id_qualifier or "PI",
        id=number,
    )


def requester(sheet: Sheet, case: Case, profile: Profile) -> None:
    """2010B: who asks."""
    provider, pointer = case.requester, "/case/requester"
    if not provider.npi:
        sheet.lack(f"{pointer}/npi", "the requester's NPI is required")
    named(sheet, pointer, provider, "the requester's name is required")
    sheet.named_provider("2010B", pointer, "1P", "Requester", provider, provider.npi)
    numbers(sheet, "2010B", pointer, "requester", provider, profile)
    sheet.address("2010B", f"{pointer}/address", provider.address)
    sheet.contact("2010B", pointer, provider)
    specialty(sheet, "2010B", pointer, "OR", provider)


def involved(sheet: Sheet, case: Case, profile: Profile) -> None:
    """2010EA: who will render the services, then the others with a part in the care."""
    if case.performer:
        pointer = "/case/performer"
        named(sheet, pointer, case.performer, "the performing provider's name is required")
        provider(sheet, "2010EA", pointer, ("SJ", "PE"), "Performer", case.performer, profile)
    others(sheet, "2010EA", "/case/providers", case.providers, profile)


def others(
    sheet: Sheet,
    loop: str,
    pointer: str,
    providers: tuple[InvolvedProvider, ...],
    profile: Profile,
) -> None:
    """Providers by their roles."""
    for place, one in enumerate(providers):
        where = f"{pointer}/{place}"
        named(sheet, where, one, "the provider's name is required")
        words = one.role.replace("_", " ").capitalize()
        provider(sheet, loop, where, ROLES[one.role], words, one, profile)


def provider(
    sheet: Sheet,
    loop: str,
    pointer: str,
    roles: tuple[str, str],
    words: str,
    one: Provider,
    profile: Profile,
) -> None:
    """NM1, REF, N3, N4, PER and PRV of a provider."""
    entity, role = roles
    kept = Given(f"{pointer}/role", entity) if isinstance(one, InvolvedProvider) else entity
    sheet.named_provider(loop, pointer, kept, words, one, one.npi)
    field = "providers" if isinstance(one, InvolvedProvider) else "performer"
    numbers(sheet, loop, pointer, field, one, profile)
    sheet.address(loop, f"{pointer}/address", one.address)
    sheet.contact(loop, pointer, one)
    specialty(sheet, loop, pointer, role, one)


def named(sheet: Sheet, pointer: str, one: Provider, detail: str) -> None:
    """Ask for the name of a provider that has none."""
    if not (one.person or one.organization):
        sheet.lack(f"{pointer}/organization", detail)
    if one.person and one.organization:
        sheet.lack(
            f"{pointer}/organization",
            "one provider is a person or an organization: name the other as a provider of its own",
        )


def numbers(
    sheet: Sheet, loop: str, pointer: str, field: str, one: Provider, profile: Profile
) -> None:
    """REF: the provider's tax id and number at this payer."""
    tax, plan = (kind._replace(field=f"{field}.{kind.field}") for kind in NUMBERS)
    number(sheet, profile, loop, tax, f"{pointer}/tax_id", one.tax_id)
    number(sheet, profile, loop, plan, f"{pointer}/plan_number", one.plan_number)


def number(
    sheet: Sheet, profile: Profile, loop: str, kind: Numbered, pointer: str, said: str | None
) -> None:
    """REF of one number, with the qualifier of the payer's choice; none where it takes none."""
    chosen = qualifier(profile, loop, kind.field, kind.qualifier)
    written = sheet.text(pointer, said)
    if written and chosen:
        sheet.add(loop, f"{kind.words} {written}", "REF", qualifier=chosen, number=written)
    elif written:
        sheet.left_out.append(Omitted(pointer, f"{kind.words}: this payer takes none", loop))


def specialty(sheet: Sheet, loop: str, pointer: str, role: str, one: Provider) -> None:
    """PRV."""
    if one.taxonomy:
        code = Given(f"{pointer}/taxonomy", one.taxonomy)
        words = f"Specialty: taxonomy {code}"
        sheet.add(loop, words, "PRV", role=role, qualifier="PXC", code=code)
