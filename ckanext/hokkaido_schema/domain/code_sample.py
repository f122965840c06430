"""How to read a file from Python, R and Excel, with its address and its encoding filled in."""

from __future__ import annotations

import json
from dataclasses import dataclass

__all__ = ["Readable", "power_query", "python", "r"]

_PANDAS = {
    "UTF-8 (BOM)": "utf-8-sig",
    "UTF-8": "utf-8",
    "Shift_JIS": "cp932",
    "UTF-16": "utf-16",
    "EUC-JP": "euc_jp",
}
_READR = {"UTF-8 (BOM)": "UTF-8", "Shift_JIS": "CP932", "UTF-16": "UTF-16", "EUC-JP": "EUC-JP"}
_PAGES = {"Shift_JIS": 932, "UTF-16": 1200, "EUC-JP": 51932}


@dataclass(frozen=True, slots=True)
class Readable:
    """A file to be read: `skip` counts the lines above the headings."""

    url: str
    format: str
    encoding: str = ""
    delimiter: str = ","
    sheet: str = ""
    skip: int = 0

    @property
    def code_page(self) -> int:
        """Return the number under which Windows knows the encoding."""
        return _PAGES.get(self.encoding, 65001)


def python(file: Readable) -> str:
    """Return lines for pandas; every column is read as text, so that codes keep their leading zeros."""
    url = json.dumps(file.url, ensure_ascii=False)
    skip = f", skiprows={file.skip}" if file.skip else ""
    if file.format == "GeoJSON":
        return f"import geopandas as gpd\n\ngdf = gpd.read_file({url})\nprint(gdf.head())"
    if file.format == "JSON":
        return f"import requests\n\ndata = requests.get({url}, timeout=60).json()\nprint(data)"
    if file.format in {"XLSX", "XLS"}:
        sheet = json.dumps(file.sheet, ensure_ascii=False) if file.sheet else "0"
        read = f"pd.read_excel(\n    {url},\n    sheet_name={sheet}{skip},\n    dtype=str,\n)"
    else:
        between = f", sep={json.dumps(file.delimiter)}" if file.delimiter != "," else ""
        encoding = _PANDAS.get(file.encoding, "utf-8")
        read = f'pd.read_csv(\n    {url},\n    encoding="{encoding}"{between}{skip},\n    dtype=str,\n)'
    return f"import pandas as pd\n\ndf = {read}\nprint(df.head())"


def r(file: Readable) -> str:
    """Return lines for R; every column is read as text, so that codes keep their leading zeros."""
    url = json.dumps(file.url, ensure_ascii=False)
    skip = f", skip = {file.skip}" if file.skip else ""
    if file.format == "GeoJSON":
        return f"library(sf)\n\ndata <- read_sf({url})\nprint(data)"
    if file.format == "JSON":
        return f"library(jsonlite)\n\ndata <- fromJSON({url})\nstr(data)"
    if file.format in {"XLSX", "XLS"}:
        sheet = f", sheet = {json.dumps(file.sheet, ensure_ascii=False)}" if file.sheet else ""
        ending = file.format.lower()
        return (
            f'library(readxl)\n\nfile <- tempfile(fileext = ".{ending}")\ndownload.file({url}, file, mode = "wb")\n'
            f'data <- read_excel(file{sheet}{skip}, col_types = "text")\nprint(data)'
        )
    call, between = {",": ("read_csv", ""), "\t": ("read_tsv", "")}.get(
        file.delimiter, ("read_delim", f", delim = {json.dumps(file.delimiter)}")
    )
    encoding = _READR.get(file.encoding, "UTF-8")
    return (
        f'library(readr)\n\ndata <- {call}(\n  {url}{between}{skip},\n  locale = locale(encoding = "{encoding}"),\n'
        "  col_types = cols(.default = col_character())\n)\nprint(data)"
    )


def power_query(file: Readable) -> str:
    """Return a query for Excel and Power BI, or an empty text where they have no reader for the format."""
    url = _quoted(file.url)
    skip = f"\n  Rows = Table.Skip(Source, {file.skip})," if file.skip else ""
    before = "Rows" if file.skip else "Source"
    if file.format in {"XLSX", "XLS"}:
        where = f'{{[Item={_quoted(file.sheet)}, Kind="Sheet"]}}[Data]' if file.sheet else "{0}[Data]"
        source = f"Excel.Workbook(Web.Contents({url}), null, true){where}"
    elif file.format in {"CSV", "TSV"}:
        between = '"#(tab)"' if file.delimiter == "\t" else _quoted(file.delimiter)
        options = f"[Delimiter={between}, Encoding={file.code_page}, QuoteStyle=QuoteStyle.Csv]"
        source = f"Csv.Document(\n    Web.Contents({url}),\n    {options}\n  )"
    elif file.format in {"JSON", "GeoJSON"}:
        return f"let\n  Source = Json.Document(Web.Contents({url}))\nin\n  Source"
    else:
        return ""
    return (
        f"let\n  Source = {source},{skip}\n"
        f"  Headings = Table.PromoteHeaders({before}, [PromoteAllScalars=true])\nin\n  Headings"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
