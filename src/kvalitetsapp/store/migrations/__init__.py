"""Frozen steps from one store version to the next."""
