"""Reading X12: text into segments, envelopes and levels, and what is wrong with them."""
