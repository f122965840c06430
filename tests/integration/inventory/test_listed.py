"""Siblings see of the inventory what is listed for all, and nothing else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core.shared import LISTED
from ckanext.hokkaido_inventory.model import Published


def _told():
    source = LISTED.get("inventory")
    assert source is not None
    return {(one.title, one.url) for one in source(model.Session())}


def test_what_is_published_for_all_is_told_with_its_page(house):
    holding = house.published_holding()
    title = model.Session.execute(sa.select(Published.title)).scalar_one()
    assert _told() == {(title, f"/inventory/{holding['id']}")}


@pytest.mark.parametrize("listing", ["staff", "withheld"])
def test_what_is_not_listed_for_all_is_not_told(house, listing):
    """LK: a title would tell what the list keeps back."""
    house.published_holding()
    model.Session.execute(sa.update(Published).values(listing=listing))
    model.Session.commit()
    assert _told() == set()
