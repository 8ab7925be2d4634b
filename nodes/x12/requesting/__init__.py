"""Writing what we ask of a payer: the 278 request and the inquiry about an earlier one."""
