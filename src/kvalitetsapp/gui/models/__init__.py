"""Item models that hold ready-made rows."""
