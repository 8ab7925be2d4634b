"""Scans and faxes read: pictures become pages of words with their places, in the safe box."""
