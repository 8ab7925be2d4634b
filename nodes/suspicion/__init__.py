"""Words in sources that are addressed to software: found, told, and taken out of the evidence."""
