"""The only SQL: the encrypted store, its migrations and one file per thing kept."""
