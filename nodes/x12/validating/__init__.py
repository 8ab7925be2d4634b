"""Holding a document against its guide: the reader, a map from our tables, situational rules."""
