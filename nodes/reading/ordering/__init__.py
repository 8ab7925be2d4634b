"""A faxed or scanned order read: for whom, for what, by whom."""
