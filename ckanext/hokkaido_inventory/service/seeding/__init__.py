"""Where rows can be drafted from: a registry of sources, one file each (design D21)."""

from __future__ import annotations

from ckanext.hokkaido_inventory.service.seeding.datasets import PortalDatasets
from ckanext.hokkaido_inventory.service.seeding.open_data_list import OpenDataList
from ckanext.hokkaido_inventory.service.seeding.scanned import ScannedFolder
from ckanext.hokkaido_inventory.service.seeding.source import SOURCES, Asked, Source

__all__ = ["SOURCES", "Asked", "Source"]

SOURCES.add("datasets", PortalDatasets())
SOURCES.add("open_data_list", OpenDataList())
SOURCES.add("scan", ScannedFolder())
