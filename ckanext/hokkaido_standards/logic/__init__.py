"""Actions and permissions of the standard data sets."""
