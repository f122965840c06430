"""Series of datasets as CKAN keeps them."""

from __future__ import annotations

__all__ = ["SERIES"]

#: Type of the packages that are a series.
SERIES = "dataset_series"
