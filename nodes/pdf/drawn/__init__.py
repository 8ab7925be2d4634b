"""Pages that we lay out ourselves, drawn by Typst: letters, cover sheets, addenda, an index."""
