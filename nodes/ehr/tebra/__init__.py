"""Tebra beyond FHIR: patients and documents of its SOAP API 2.1 (KareoServices)."""
