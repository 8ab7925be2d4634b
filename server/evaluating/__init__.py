"""``prior-auth evaluate``: cases with known answers, metrics with intervals, gates, drift."""
