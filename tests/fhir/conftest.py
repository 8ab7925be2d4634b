"""One open and one SMART server for all tests here, started when first asked for."""

from collections.abc import Iterator

import pytest

from tests.fhir import REASON, installed
from tests.fhir.cases import WITHOUT, files
from tests.fhir.charts import Chart, recent, together
from tests.fhir.orders import ordered
from tests.fhir.prism import Prism, with_bodies
from tests.fhir.server import Sekmet
from tests.fhir.smart import Smart

FEW = (0, 1, 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here needs the servers of others."""
    for item in items:
        if "/tests/fhir/" in str(item.path):
            item.add_marker(pytest.mark.fhir)


@pytest.fixture(scope="session")
def sekmet_installed() -> None:
    """Skip where the server is not there."""
    if not installed():
        pytest.skip(REASON)


@pytest.fixture(scope="session")
def charts(sekmet_installed: None) -> tuple[Chart, ...]:
    """Three patients' last two years, each with one order of each kind."""
    return tuple(ordered(recent(place), place) for place in FEW)


@pytest.fixture(scope="session")
def sekmet(charts: tuple[Chart, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sekmet]:
    """An open server with the three charts. Only read from it: see ``writable``."""
    with Sekmet(tmp_path_factory.mktemp("sekmet")) as server:
        server.load(together(charts))
        yield server


@pytest.fixture(scope="session")
def writable_sekmet(
    charts: tuple[Chart, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sekmet]:
    """Another open server with the three charts, kept as loaded."""
    with Sekmet(tmp_path_factory.mktemp("writable")) as server:
        server.load(together(charts))
        server.keep()
        yield server


@pytest.fixture
def writable(writable_sekmet: Sekmet) -> Iterator[Sekmet]:
    """An open server to write to; put back afterwards (about a second)."""
    yield writable_sekmet
    writable_sekmet.reset()


@pytest.fixture(scope="session")
def smart(charts: tuple[Chart, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Smart]:
    """A server with the first chart that wants tokens, with our clients registered."""
    with Smart(tmp_path_factory.mktemp("smart")) as server:
        server.load(charts[0].resources)
        yield server


@pytest.fixture(scope="session")
def drchrono(sekmet_installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prism]:
    """DrChrono's REST API v4, as its OpenAPI document describes it."""
    found = files("ehr/vendors/drchrono-openapi.yml")
    if not found:
        pytest.skip(WITHOUT)
    folder = tmp_path_factory.mktemp("prism")
    with Prism(with_bodies(found[0], folder), folder) as prism:
        yield prism
