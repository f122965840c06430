"""The one workbook with the descriptions of an organisation's datasets."""
