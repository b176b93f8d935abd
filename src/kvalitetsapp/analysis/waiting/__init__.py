"""Waiting lists: how many wait, how long and why, what can be operated, and what could be moved."""
