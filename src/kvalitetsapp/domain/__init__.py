"""The words of the field as types: no library, no files, no SQL."""
