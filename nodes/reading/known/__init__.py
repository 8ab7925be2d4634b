"""Filled forms of known templates read back: which form it is, and what stands in its places."""
