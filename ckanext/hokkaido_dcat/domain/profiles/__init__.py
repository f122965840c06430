"""The profiles of the feed, one file each."""

from __future__ import annotations

from ckanext.hokkaido_dcat.domain.profiles import dcat_ap_2, dcat_ap_3, dcat_goj
from ckanext.hokkaido_dcat.domain.profiles.profile import Profile, Sources

__all__ = ["DEFAULT", "PROFILES", "Profile", "Sources", "named"]

#: Name -> profile; the first is the default, and what the others are derived from.
PROFILES: dict[str, Profile] = {one.name: one for one in (dcat_ap_3.PROFILE, dcat_ap_2.PROFILE, dcat_goj.PROFILE)}

DEFAULT = dcat_ap_3.PROFILE

_NAMED = {name.casefold(): one for one in PROFILES.values() for name in (one.name, one.standard, *one.aliases)}


def named(name: str) -> Profile | None:
    """Return the profile of this name, alias or IRI, or None."""
    wanted = name.strip().casefold()
    return _NAMED.get(wanted) or _NAMED.get("#" + wanted.partition("#")[2])
