"""Reading and writing TA1, 999 and 997."""
