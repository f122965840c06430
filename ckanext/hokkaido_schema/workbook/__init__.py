"""Workbooks of published files, read behind the guard of the core."""
