"""Workbooks of the survey: reading what people send, and writing the forms they fill.

The only room of the plugin that knows openpyxl, python-calamine and defusedxml.
"""
