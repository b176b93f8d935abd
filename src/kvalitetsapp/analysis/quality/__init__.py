"""Rules of data quality: each takes what is stored as frames and gives the rows that it points out."""
