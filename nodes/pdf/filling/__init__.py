"""Filling a PDF form: its fields read, its values written, kept or made part of the page."""
