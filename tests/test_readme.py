"""The README tells the truth."""

import json
import re
from pathlib import Path

import yaml
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from nodes.catalog import NODES
from nodes.settings import Settings, resolve
from tests.generate import readme

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_nodes_is_fresh():
    assert readme() == TEXT, "run make docs"
    assert all(f"| `{name}` |" in TEXT for name in NODES)


def test_every_target_it_names_exists():
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z0-9-]+)", TEXT)) - {"git", "python3"}
    assert named and named <= targets


def test_its_settings_are_valid(monkeypatch, tmp_path):
    block = re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    for name in re.findall(r"env:([A-Z_]+)", block[1]):
        monkeypatch.setenv(name, "x" * 40)
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for name in re.findall(r"file:([a-z.]+)", block[1]):
        (tmp_path / name).write_text(pem)
    settings = Settings.model_validate_json(json.dumps(resolve(yaml.safe_load(block[1]), tmp_path)))
    assert set(settings.channels) == {"clearinghouse", "outbox"}


def test_every_file_and_folder_it_names_exists():
    for name in re.findall(r"`([a-z_0-9]+/[A-Za-z_0-9./-]*)`", TEXT):
        if not name.startswith(("demo-out", "forms_templates/<")):
            assert (ROOT / name).exists(), name
