"""FHIR R4: reading an EHR, and becoming our case and chart."""
