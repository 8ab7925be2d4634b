"""Documents of others read: what they are, what they say, what was entered in them."""
