"""Policies as typed criteria trees, and the rules that decide them."""
