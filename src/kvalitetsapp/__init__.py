"""Kvalitetsapp: follow-up of purchased orthopaedic care, offline and encrypted."""

__version__ = "0.1.0"
