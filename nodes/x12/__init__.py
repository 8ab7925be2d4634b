"""X12 5010: reading and writing interchanges."""
