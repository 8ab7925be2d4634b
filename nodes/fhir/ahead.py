"""Read several resources at once, before they are wanted one after the other."""

from collections.abc import Iterable
from functools import partial

from nodes.fhir.client import Client
from nodes.fhir.gathering import Asked, Gathering
from nodes.fhir.paging import ACCEPT, READABLE
from nodes.http import Answer


def read(references: Iterable[str | None], client: Client) -> None:
    """Ask for all of them at once; what fails is asked for again when it is wanted."""
    gathering = Gathering(client)
    for name in dict.fromkeys(references):
        if name and READABLE.fullmatch(name):
            learn = partial(_learn, client, name)
            gathering.ask(Asked(client.address(name), ACCEPT, learn, lambda error: None))
    gathering.run()


def _learn(client: Client, name: str, answer: Answer) -> None:
    client.learn(name, answer)
