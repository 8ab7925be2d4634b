"""Denials: what a letter or transaction says of reason, deadline, level, address and call."""
