"""Waiting lists: who waits, for what, how long and why, month by month."""
