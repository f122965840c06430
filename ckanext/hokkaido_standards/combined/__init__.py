"""One table of all files of a standard data set: fragments, merging, selecting, writing."""

from __future__ import annotations

__all__: list[str] = []
