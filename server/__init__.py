"""The nodes over HTTP: ``prior-auth serve``."""
