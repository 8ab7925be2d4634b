"""What a 278 or 277 must keep to beyond its table: one function per rule, grouped by subject."""
