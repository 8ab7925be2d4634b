"""PDF forms: filling, drawing and bounding."""
