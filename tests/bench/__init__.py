"""What the product costs, beside named peers: ``make bench``."""
