"""What stands on a PDF's pages: its words with their places, its tables, what was entered."""
