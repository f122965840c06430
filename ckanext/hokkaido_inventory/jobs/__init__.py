"""What happens after a transaction of the survey is committed."""
