"""PDF bytes from ready-made data."""
