"""The gates' knowledge: what belongs together in a packet, whose word opens it, how it leaves."""
