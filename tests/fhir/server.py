"""sekmet, a FHIR R4 server of others: started on loopback, filled, put back, ended.

It keeps to FHIR where FHIR lets a server be lenient: a parameter it does not know is ignored, so
``DeviceRequest?patient=...`` answers with every patient's.
"""

import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import requests
import yaml

from server.trial import free_port
from tests.fhir import home
from tests.fhir.process import Child

Json = dict[str, Any]
PATIENCE = 60
BATCH = 1000


class Sekmet:
    """One server process with its own database; the address stays over restarts.

    Open, or with ``clients`` (``sekmet.config.SmartClient`` as dictionaries) in SMART mode, where
    a token holds ``token_lifetime`` seconds. What the tests write into a SMART server goes by
    ``admin``, a token of our own. ``known_as`` is the root address that it believes to have, when
    a proxy stands before it; ``absolute`` makes it write whole addresses as references.
    """

    def __init__(
        self,
        folder: Path,
        clients: Sequence[Json] = (),
        token_lifetime: int = 3600,
        absolute: bool = False,
        known_as: str | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        self.base_url, self.token_url = f"{self.root}/fhir", f"{self.root}/auth/token"
        self.admin = "the-tests-own-token" if clients else None
        self.child: Child | None = None
        self.api = requests.Session()
        self.api.trust_env = False
        if self.admin:
            self.api.headers["Authorization"] = f"Bearer {self.admin}"
        auth: Json = {"types": ["none"]}
        if clients:
            auth = {
                "types": ["smart", "bearer"],
                "tokens": [self.admin],
                "smart_clients": list(clients),
                "token_lifetime": token_lifetime,
            }
        settings = {
            "host": "127.0.0.1",
            "port": self.port,
            "base_url": f"{known_as or self.root}/fhir",
            "db_path": str(self.database),
            "data_dir": str(folder),
            "server_auth": auth,
            "validation": {"inbound": "off"},
            "simulator": {"enabled": False},
            "server_behaviour": {"absolute_references": absolute},
            "log_inbound": False,
        }
        (folder / "settings.yaml").write_text(yaml.safe_dump(settings))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.api.close()

    @property
    def database(self) -> Path:
        return self.folder / "sekmet.db"

    def start(self) -> None:
        """Start it, and wait until it says what it can do."""
        self.child = Child(
            [home() / "python/bin/sekmet", "serve"],
            self.folder,
            self.folder / "sekmet.log",
            {"SEKMET_CONFIG": str(self.folder / "settings.yaml")},
        )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert time.monotonic() < deadline, f"no answer in {PATIENCE} s: see {self.folder}"
            time.sleep(0.05)

    def answers(self) -> bool:
        """Say whether it is up; fail when it ended."""
        assert self.child is not None
        self.child.alive()
        try:
            return self.api.get(f"{self.base_url}/metadata", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def stop(self) -> None:
        """End it and whatever it started."""
        if self.child is not None:
            self.child.stop()
        self.child = None

    def load(self, resources: Iterable[Json]) -> None:
        """Put resources with their ids, in transactions."""
        every = list(resources)
        for first in range(0, len(every), BATCH):
            self.transact(every[first : first + BATCH])

    def transact(self, resources: Iterable[Json]) -> None:
        """Put some resources, all or none."""
        entries = [
            {
                "resource": resource,
                "request": {
                    "method": "PUT",
                    "url": f"{resource['resourceType']}/{resource['id']}",
                },
            }
            for resource in resources
        ]
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
        answer = self.api.post(self.base_url, json=bundle, timeout=PATIENCE)
        assert answer.status_code == 200, answer.text[:500]

    def read(self, reference: str) -> Json | None:
        """Read a resource as it stands now; None where there is none."""
        answer = self.api.get(f"{self.base_url}/{reference}", timeout=PATIENCE)
        return answer.json() if answer.status_code == 200 else None

    def count(self, kind: str, **parameters: str) -> int:
        """How many resources of a type there are."""
        asked = {"_summary": "count", **parameters}
        answer = self.api.get(f"{self.base_url}/{kind}", params=asked, timeout=PATIENCE)
        return int(answer.json()["total"])

    def keep(self) -> None:
        """Keep the database as it is, for ``reset``."""
        self.stop()
        self.copied(self.folder, self.folder / "kept")
        self.start()

    def reset(self) -> None:
        """Put the database back as it was kept (about a second)."""
        self.stop()
        self.copied(self.folder / "kept", self.folder)
        self.start()

    def copied(self, source: Path, target: Path) -> None:
        """Copy the database with its write-ahead log."""
        target.mkdir(exist_ok=True)
        for file in target.glob(f"{self.database.name}*"):
            file.unlink()
        for file in source.glob(f"{self.database.name}*"):
            shutil.copy(file, target)
