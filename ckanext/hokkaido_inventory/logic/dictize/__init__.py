"""Rows as the plain dictionaries that actions return."""
