"""The page "Forms and documents" shows what the nodes make now.

UPDATE_PICTURES=1 pytest tests/server/test_forms_page.py makes pictures and words again.
"""

import html
import io
import json
import os
from functools import cache

import pytest
from PIL import Image, ImageChops

from nodes.settings import Settings
from server.app import create_app
from server.forms_page import FOLDER, PICTURES
from tests import forms_shown, forms_table
from tests.server.installation import client

AGAIN = "UPDATE_PICTURES=1 pytest tests/server/test_forms_page.py"
APART = 48


@pytest.fixture(scope="module", autouse=True)
def anew():
    if os.environ.get("UPDATE_PICTURES"):
        forms_shown.main()
        forms_table.main()


@cache
def fresh():
    return forms_shown.drawings()


@cache
def page():
    return html.unescape(client().get("/docs/forms").get_data(as_text=True))


def kept(name):
    return json.loads((FOLDER / f"{name}.json").read_text())


def grey(data):
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("L")


@pytest.mark.parametrize("name", [one.file for one in PICTURES])
def test_a_picture_shows_what_is_made_now(name):
    data = (FOLDER / f"{name}.png").read_bytes()
    assert len(data) < 100_000
    one, other = grey(fresh()[name]), grey(data)
    assert one.size == other.size == (850, 1100)
    assert ImageChops.difference(one, other).reduce(8).getextrema()[1] < APART, AGAIN


def test_the_words_beside_the_pictures_are_fresh():
    now, then = json.loads(json.dumps(forms_shown.said())), kept("shown")
    read, was = now.pop("fax"), then.pop("fax")
    assert now == then, AGAIN
    assert (read["kind"], bool(read["must_look"])) == (was["kind"], bool(was["must_look"]))
    assert len(words(read) & words(was)) > 0.9 * len(words(was)), AGAIN


def words(read):
    return {word for line in read["lines"] for word, _ in line}


def test_the_table_of_templates_is_fresh():
    assert forms_table.fresh() == kept("templates"), AGAIN
    for row in kept("templates"):
        assert row["form"] in page() and f"<code>{row['template']}</code>" in page()


def test_the_page_shows_each_picture_with_its_words():
    for one in PICTURES:
        assert f'alt="{one.alt}"' in page()
        with create_app(Settings()).test_client().get(f"/static/documents/{one.file}.png") as got:
            assert got.status_code == 200
            assert got.data.startswith(b"\x89PNG")
    assert "style=" not in page() and "forms/proposal.png" in page()


def test_the_page_tells_what_is_missing_continued_doubted_and_never_filled():
    told = kept("shown")
    report = told["report"]
    assert report["missing_required"] and report["continued"] and report["never"]
    assert {"case", "fact", "summary", "policy", "never"} == {f["by"] for f in report["fields"]}
    doubted = [word for line in told["fax"]["lines"] for word, doubt in line if doubt is not None]
    assert doubted and all(f"<mark>{word} <small>" in page() for word in doubted)
    for text in (told["missing_pdf"], *told["fax"]["must_look"], *told["packet"]["bookmarks"]):
        assert text in page()


def test_the_menu_and_the_home_lead_there():
    home = client().get("/").get_data(as_text=True)
    for path in ("/docs/forms", "/docs/add-a-form", "/docs/letters", "/docs/write-a-policy"):
        assert home.count(f'href="{path}"') >= 2
        assert client().get(path).status_code == 200
