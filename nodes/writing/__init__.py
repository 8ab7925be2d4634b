"""Prose built from cited facts, and the check that holds it."""
