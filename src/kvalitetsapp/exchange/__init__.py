"""Files in and out: reading, checking and writing, never storing."""
