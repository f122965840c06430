"""Work on the tables of the standard data sets; nothing here commits."""
