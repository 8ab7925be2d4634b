"""The page "Add a payer's form in ten minutes", followed step by step; its pictures are true."""

import base64
import html
import io
import json
import re
import shlex

import pytest
from PIL import Image, ImageChops, ImageStat

from nodes.catalog import NODES
from server.__main__ import main
from server.form_guide import FOLDER, NEW, form_guide
from tests import form_pictures
from tests.server.installation import client


def page():
    return html.unescape(client().get("/docs/add-a-form").get_data(as_text=True))


def said(capsys, command, status=0):
    assert main(shlex.split(command)[1:]) == status
    return capsys.readouterr().out.strip("\n")


def test_the_page_shows_every_step():
    blocks = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page(), re.DOTALL)
    told = form_guide()
    for block in (NEW, told.listed, told.proposed, told.commented, told.filled):
        assert block in blocks
    assert "style=" not in page()


def test_following_it_gives_what_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    asked = json.loads(NODES["inspect-form"].example("request"))
    (tmp_path / "acme.pdf").write_bytes(base64.b64decode(asked["pdf_base64"]))
    told = form_guide()
    listed = said(capsys, NEW)
    assert listed.replace(", page-1.png ...", "") == told.listed
    mapping = tmp_path / FOLDER / "mapping.yaml"
    assert told.proposed in mapping.read_text() and told.commented in mapping.read_text()
    assert "0 faults" in said(capsys, f"prior-auth form check {FOLDER}")
    assert said(capsys, f"prior-auth form fill {FOLDER}") == told.filled


@pytest.mark.parametrize("name", ["proposal.png", "filled.png"])
def test_the_pictures_are_those_the_commands_make(name):
    fresh = form_pictures.drawn()[name]
    kept = (form_pictures.FOLDER / name).read_bytes()
    with Image.open(io.BytesIO(fresh)) as one, Image.open(io.BytesIO(kept)) as other:
        assert one.size == other.size
        apart = ImageChops.difference(one.convert("L"), other.convert("L"))
    assert ImageStat.Stat(apart).mean[0] < 1
