"""What leads from page to page of a list."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp


@pytest.mark.parametrize(
    ("page", "pages", "leads"),
    [(1, 1, {}), (1, 3, {"next": "/b"}), (2, 3, {"prev": "/a", "next": "/b"}), (3, 3, {"prev": "/a"})],
)
def test_a_list_leads_to_the_pages_beside_the_one_shown(
    app: CKANTestApp, page: int, pages: int, leads: dict[str, str]
) -> None:
    with app.flask_app.test_request_context():
        values = {"page": page, "pages": pages, "before": "/a", "after": "/b"}
        shown = tk.render_snippet("hokkaido_inventory/pager.html", values)
    assert {link["rel"][0]: link["href"] for link in BeautifulSoup(shown, "html.parser").find_all("a")} == leads
