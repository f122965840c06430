"""What is done before anything is measured on a portal of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

#: For as long a dump may be built by somebody else, in seconds.
_PATIENCE = 300


def settle(act: Callable[..., Any]) -> None:
    """Build the dumps, so that the portal's clock does not begin to in the middle of a measurement.

    :param act: takes the name of an action and its data by name.
    """
    for profile in ("dcat-ap-3", "dcat-ap-2", "dcat-goj"):
        until = time.monotonic() + _PATIENCE
        # It gives up while the clock is building one already.
        while not act("hokkaido_feed_dump_build", profile=profile)["built"]:
            if time.monotonic() > until:
                raise SystemExit(f"the dump of {profile} could not be built")
            time.sleep(0.5)
