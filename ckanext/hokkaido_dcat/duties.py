"""What the feed does by time."""

from __future__ import annotations

from ckan import model
from ckan.model.system_info import get_system_info, set_system_info

from ckanext.hokkaido_core.shared import clock, judged_files
from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.domain.profiles import PROFILES
from ckanext.hokkaido_dcat.service import dump, health, store, visits
from ckanext.hokkaido_dcat.service.page_cache import PageCache
from ckanext.hokkaido_dcat.service.rendering import writing

__all__ = ["build_dumps", "follow_addresses", "register", "repair", "store_visits", "trim_pages"]

#: Under this name CKAN remembers how and for which addresses the feed was written last.
WRITTEN_FOR = "hokkaido_dcat_written_for"

#: Seconds after which, at the latest, a dump without a withdrawn dataset begins to be written.
_WITHDRAWN_FOR = 60


def repair() -> None:
    """Try again to write the datasets that could not be written when they were saved.

    In batches: where a fault met many of them, an editor who saves one does not wait for all.
    """
    session = model.Session()
    for batch in health.batched(health.dirty_ids(session)):
        store.refresh(session, batch)
        session.commit()


def follow_addresses() -> None:
    """Write every dataset anew when the portal has got another address, for a fragment names it in each identifier.

    The same after another vocabulary, mapping table or version of the suite, and for the datasets that a portal had
    before it got the feed. A stop on the way loses nothing: the mark is remembered at the end, and what is right
    already is not written twice.
    """
    if get_system_info(WRITTEN_FOR) == writing():
        return
    session = model.Session()
    for batch in health.batches(session):
        store.refresh(session, batch)
        session.commit()
    set_system_info(WRITTEN_FOR, writing())


def trim_pages() -> None:
    """Remove finished pages that nobody has asked for, where they take too much room."""
    PageCache(config.cache_folder()).trim(config.cache_bytes())


def store_visits() -> None:
    """Bring into the database who read the feed since the last time."""
    session = model.Session()
    visits.bring()
    while visits.sweep(session):
        session.commit()
    session.rollback()


def build_dumps() -> None:
    """Build the dumps that are not what the feed says any more."""
    session = model.Session()
    wanted = [profile for profile in PROFILES.values() if dump.due(session, profile)]
    # No transaction stays open while files are written.
    session.rollback()
    for profile in wanted:
        dump.build(profile)


def register() -> None:
    """Register the duties with the interval that the settings give, and what follows from news of siblings."""
    judged_files.LISTENERS.add("dcat.feed", store.refresh)
    clock.every(seconds=config.repair_seconds(), name="feed repair")(repair)
    clock.every(seconds=config.repair_seconds(), name="feed addresses", beside=True)(follow_addresses)
    clock.every(seconds=60, name="feed visits")(store_visits)
    clock.every(seconds=3600, name="feed pages")(trim_pages)
    clock.every(seconds=min(_WITHDRAWN_FOR, config.dump_seconds()), name="feed dump", beside=True)(build_dumps)
