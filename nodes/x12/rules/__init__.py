"""What a 278 must keep to beyond its table: one function per rule, grouped by what it is about."""
