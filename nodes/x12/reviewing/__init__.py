"""Reading a 278: what was asked, what was decided, and what is to be done next."""
