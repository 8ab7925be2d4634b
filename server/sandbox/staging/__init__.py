"""Scenes as FHIR: patients of the sandbox EHR written in short, expanded into R4 resources."""
