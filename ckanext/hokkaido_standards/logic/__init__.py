"""Actions, permissions and parameters of the standard data sets."""
