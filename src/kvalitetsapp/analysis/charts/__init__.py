"""Data of the charts of indicators, from the operations that an indicator is about."""
