"""What happens after a transaction of the metadata schema is committed, and by time."""
