"""What is looked for after an operation, one function per kind."""
