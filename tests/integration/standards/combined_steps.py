"""What tests of the one tables do and ask."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk
from calling import call
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

HEADINGS = "全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,設置位置\n"
ROWS = {
    "011002": "011002,1,中央区役所,北海道札幌市中央区南三条西十一丁目,43.0550,141.3410,1階\n",
    "012025": "012025,1,函館市役所,北海道函館市東雲町4番13号,41.7687,140.7288,1階\n",
}
SECRET = "012025,2,秘密の小屋,北海道函館市秘密町1番,41.7600,140.7200,地下\n"


def seen(action: str, **data: Any) -> Any:
    """Return what a visitor gets, at once: no message is delivered before."""
    return tk.get_action(action)({"user": "", "ignore_auth": False}, {"id": "08", **data})


def names() -> set[str]:
    return {row["name"] for row in seen("hokkaido_combined_search")["rows"]}


def publish(code: str, rows: str, **fields: Any) -> dict[str, Any]:
    place = factories.Organization(code=code, title=f"市{code}", kind="municipality")
    fields = {"title": "AED設置箇所一覧", "license_id": "CC-BY-4.0", **fields}
    package = factories.Dataset(owner_org=place["id"], **fields)
    file = FileStorage(io.BytesIO((HEADINGS + rows).encode()), filename="aed.csv")
    made = call("resource_create", package_id=package["id"], url="", upload=file, name="AED")
    return package | {"file": made["id"]}
