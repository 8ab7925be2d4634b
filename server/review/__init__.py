"""The pages people use: work queue, packet review and attestation."""
