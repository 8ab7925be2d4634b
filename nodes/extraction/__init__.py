"""Reading text: which things a note or letter names, how it means them, and where."""
