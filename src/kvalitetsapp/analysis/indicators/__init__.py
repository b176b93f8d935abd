"""Indicators worked out from their recipes: who is meant, what is counted, and how certain the figure is."""
