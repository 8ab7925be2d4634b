"""An unknown form: its fields, what each is called, and what might go there."""
