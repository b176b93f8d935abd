"""Tables in, tables out: pure, vectorised functions on DataFrames."""
