"""DrChrono beyond FHIR: notes, authorizations, documents and tasks of its REST API v4."""
