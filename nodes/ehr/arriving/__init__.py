"""How orders get here from an EHR: each announcement as order references, and what is known."""
