"""Charts on paper: vectors drawn from ready-made series."""
