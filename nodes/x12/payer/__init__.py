"""What one payer wants beyond the guides: profiles, and what they find in a document."""
