"""Prior authorization, one small function per file.

Each node is a module here: pydantic models and one pure function of the same name as
the file. ``nodes.catalog`` lists them in the order a request meets them. The rooms
(``fhir``, ``x12``, ``policy``, ``writing``, ``pdf``) hold the knowledge of one format
or craft; the nouns (``case``, ``chart``, ``assessment``, ``prose``, ``packet``) are
what the nodes hand to each other.
"""
