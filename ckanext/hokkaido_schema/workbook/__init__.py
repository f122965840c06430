"""Files of the schema: what stands in a table that is uploaded."""
