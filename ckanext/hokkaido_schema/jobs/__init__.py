"""Work of the metadata schema in the background."""
