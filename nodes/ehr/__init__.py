"""An EHR as a system to talk to: vendors, credentials, budgets, and what is not FHIR of them."""
