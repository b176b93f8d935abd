"""Charts on screen: they draw, they do not compute."""
