"""How many of the signs that make rows and cells a text has, counted in one pass."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CONTROLS", "Signs", "signs_of"]

#: Bytes of characters that no text needs.
CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")


@dataclass(frozen=True, slots=True)
class Signs:
    """Counts of bytes.

    :ivar ends: line feeds.
    :ivar returns: carriage returns.
    :ivar pairs: carriage returns with a line feed after them.
    :ivar controls: control characters that no text needs.
    """

    ends: int
    returns: int
    pairs: int
    delimiters: int
    quotes: int
    controls: int

    @property
    def is_plain(self) -> bool:
        """Say whether all lines end in one way of today, LF or CRLF, and no control character stands there."""
        return not self.controls and (not self.returns or self.returns == self.pairs == self.ends)


def signs_of(content: bytes, delimiter: str) -> Signs:
    """Count the signs of a text in an encoding that leaves ASCII as it is.

    Taking bytes out is several times faster than counting them one sign at a time, so what is none is taken out first.
    """
    wanted = {*CONTROLS, *b'\r\n"', ord(delimiter)}
    left = content.translate(None, bytes(byte for byte in range(256) if byte not in wanted))
    counts = []
    for signs in (delimiter.encode(), b"\n", b"\r", b'"', CONTROLS):
        fewer = left.translate(None, signs)
        counts.append(len(left) - len(fewer))
        left = fewer
    delimiters, ends, returns, quotes, controls = counts
    return Signs(ends, returns, content.count(b"\r\n") if returns else 0, delimiters, quotes, controls)
