"""Whether a payer wants to be asked first: tables of its rules, and its own answers over CRD."""
