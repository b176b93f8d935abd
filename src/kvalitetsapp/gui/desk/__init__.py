"""The desk where the program stands: locked when nobody is there, and handed from one user to the next."""
