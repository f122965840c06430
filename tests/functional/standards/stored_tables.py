"""Tables that tests of pages send and store, and a dataset with one."""

from __future__ import annotations

import io
from typing import Any

from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.hokkaido_core.shared import outbox

HEADINGS = "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,男性トイレ総数,利用開始時間"
RIGHT = "011002,1,札幌市,大通公園トイレ,北海道札幌市中央区大通西一丁目,東,2,09:00"
GOOD = f"\ufeff{HEADINGS}\r\n{RIGHT}\r\n".encode()
SECRET = "ヒミツ7311"
BAD = GOOD + f"11002,2,札幌市,<script>alert(1)</script>,北海道札幌市中央区大通西一丁目,東,{SECRET}基,9:00\r\n".encode()
LIMIT = "ckanext.hokkaido_standards."


def post(app: CKANTestApp, path: str, content: bytes | None, name: str = "public_toilet.csv", **options: Any) -> Any:
    data = {} if content is None else {"upload": (io.BytesIO(content), name)}
    return app.post(path, data=data, content_type="multipart/form-data", status=None, follow_redirects=False, **options)


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.body, "html.parser").get_text(" ").split())


class Stored:
    """A dataset with one stored table that was checked."""

    def __init__(self, app: CKANTestApp, unit: dict[str, Any], content: bytes = BAD, **fields: Any) -> None:
        admin = {"Authorization": factories.SysadminWithToken()["token"]}
        self.dataset = factories.Dataset(owner_org=unit["id"], license_id="CC-BY-4.0", **fields)
        data = {
            "package_id": self.dataset["id"],
            "name": "トイレ",
            "upload": (io.BytesIO(content), "public_toilet.csv"),
        }
        made = app.post("/api/3/action/resource_create", data=data, headers=admin)
        self.resource = made.json["result"]
        outbox.drain()
        self.page = f"/dataset/{self.dataset['name']}/resource/{self.resource['id']}"
        self.report = f"{self.page}/table-report"
