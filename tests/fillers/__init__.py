"""PDF form fillers of others, in an environment of their own (``.ci/fillers``)."""
