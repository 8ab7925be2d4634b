"""The page about adding a form."""

from flask import Blueprint, render_template

from server.form_guide import FOLDER, NAME, NEW, form_guide

form_pages = Blueprint("form_pages", __name__)


@form_pages.get("/docs/add-a-form")
def add_a_form() -> str:
    """Show how to add a payer's form, step by step."""
    return render_template("form_guide.html", told=form_guide(), new=NEW, folder=FOLDER, name=NAME)
