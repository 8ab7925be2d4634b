"""Code sets: the ICD-10-CM table, its search, and what a code lacks or cannot stand beside."""
