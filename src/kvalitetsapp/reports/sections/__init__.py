"""The chapters that reports are put together from."""
