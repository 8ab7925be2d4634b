"""An EHR and a payer to try everything against; only when switched on."""
