"""A form template: a folder with mapping.yaml and, where we may ship it, form.pdf."""

from collections.abc import Iterator
from collections.abc import Mapping as Named
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from nodes.audit import Used, sha256
from nodes.errors import NotConfigured, UnknownName
from nodes.pdf.faults import ROOTS, id_faults, path_faults, place_faults
from nodes.pdf.filling.fields import Widget, page_sizes, widgets
from nodes.pdf.mapping import Mapping, Source
from nodes.pdf.plain_yaml import mapping_of

__all__ = ["ROOTS", "SHIPPED", "Template", "faults", "load", "template"]
SHIPPED = Path(__file__).parents[2] / "forms_templates"


@dataclass(frozen=True)
class Template:
    """A form ready to fill; ``sha256`` is over form.pdf followed by mapping.yaml.

    ``foreign``: the PDF is not one of ours and is touched in the box only.
    """

    name: str
    mapping: Mapping
    pdf: bytes
    sha256: str
    widgets: tuple[Widget, ...]
    sizes: tuple[tuple[float, float], ...]
    foreign: bool = False

    @property
    def used(self) -> Used:
        """How this template is named in an answer it shaped."""
        return Used(
            kind="form", id=self.name, version=self.mapping.source.revision, sha256=self.sha256
        )

    @cached_property
    def boxes(self) -> Named[str, tuple[Widget, ...]]:
        """The widgets of each field, by its full name."""
        found: dict[str, list[Widget]] = {}
        for widget in self.widgets:
            found.setdefault(widget.name, []).append(widget)
        return {name: tuple(held) for name, held in found.items()}

    def label(self, pdf: str | None, otherwise: str = "") -> str:
        """Tell what the form calls a field: its tooltip, else its name."""
        if pdf is None:
            return otherwise
        return next((w.tooltip for w in self.boxes.get(pdf, ()) if w.tooltip), pdf)


@cache
def template(name: str, folder: Path = SHIPPED) -> Template:
    """Load a template that comes with its PDF, once per process.

    UnknownName: there is none of that name. NotConfigured: its files do not fit each other; the
    message names the place.
    """
    try:
        mapping = (folder / name / "mapping.yaml").read_bytes()
    except OSError:
        raise UnknownName("there is no form template of this name") from None
    try:
        pdf = (folder / name / "form.pdf").read_bytes()
    except OSError:
        raise UnknownName("this form is not bundled: its issuer's PDF must be supplied") from None
    return load(name, mapping, pdf)


def load(name: str, mapping: bytes, pdf: bytes) -> Template:
    """Make a template of its two files; NotConfigured names the place of a fault."""
    loaded = Template(
        name=name,
        mapping=mapping_of(name, mapping),
        pdf=pdf,
        sha256=sha256(pdf + mapping),
        widgets=widgets(pdf),
        sizes=tuple(page_sizes(pdf)),
    )
    fault = next(faults(loaded), None)
    if fault:
        raise NotConfigured(f"form template {name}: {fault}")
    return loaded


def faults(template: Template) -> Iterator[str]:
    """Say what in a mapping fits neither the form nor the models."""
    mapping, supply = template.mapping, template.mapping.source
    if not mapping.fields:
        yield "nothing is mapped yet: write a path after a commented from: and take its # away"
    if mapping.template != template.name:
        yield "template is not the name of its folder"
    if not _as_many_pages(supply, len(template.sizes)):
        yield f"form.pdf has {len(template.sizes)} pages, the mapping is for {supply.pages}"
    tested = supply.supply != "integrator" or sha256(template.pdf) in supply.sha256
    if not (tested or supply.fields_match or supply.unverified):
        yield "form.pdf is a revision that this mapping was not tested with"
    yield from place_faults(mapping, template.widgets, template.sizes)
    yield from id_faults(mapping)
    for entry in mapping.fields:
        yield from (f"{entry.id}: {fault}" for fault in path_faults(entry))


def _as_many_pages(supply: Source, pages: int) -> bool:
    """Whether a PDF has the pages that its mapping is for; paper may be a form of more pages."""
    more = supply.supply == "paper" and supply.pages < pages
    return supply.unverified or more or supply.pages == pages
