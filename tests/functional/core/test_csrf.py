"""A signed-in person's forms stay protected whatever anyone else has asked for before (CS-01, CS-02)."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.lib.helpers import url_for
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

FORM = "/organization/new"

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "protected")


@pytest.fixture
def protected(app: CKANTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the protection switched on, which the other tests do without."""
    monkeypatch.setitem(app.flask_app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def signed_in(app: CKANTestApp) -> dict[str, Any]:
    """Sign a system administrator in by cookie and return what the test client needs."""
    user = factories.Sysadmin(password="correct horse battery")
    page = app.get(url_for("user.login"))
    token = page.body.split('name="_csrf_token" content="')[1].split('"')[0]
    app.post(
        url_for("user.login"),
        data={"login": user["name"], "password": "correct horse battery", "_csrf_token": token},
    )
    return user


def _post_without_token(app: CKANTestApp) -> int:
    return app.post(FORM, data={"title": "偽の組織", "name": "forged"}, follow_redirects=False, status=None).status_code


def _anonymous(app: CKANTestApp) -> CKANTestApp:
    """Return another client of the same process, which carries no cookie."""
    return CKANTestApp(app.app)


def test_a_post_without_token_is_refused(app: CKANTestApp, signed_in: dict[str, Any]) -> None:
    assert _post_without_token(app) == 400


def test_an_anonymous_visit_before_does_not_open_the_form(app: CKANTestApp, signed_in: dict[str, Any]) -> None:
    _anonymous(app).get(FORM, status=None)
    assert _post_without_token(app) == 400


def test_an_api_token_request_before_does_not_open_the_form(app: CKANTestApp, signed_in: dict[str, Any]) -> None:
    token = factories.APIToken(user=signed_in["name"])["token"]
    _anonymous(app).get(FORM, headers={"Authorization": token}, status=None)
    assert _post_without_token(app) == 400


def test_an_api_token_still_needs_no_form_token(app: CKANTestApp) -> None:
    user = factories.Sysadmin()
    token = factories.APIToken(user=user["name"])["token"]
    response = _anonymous(app).post(
        FORM,
        headers={"Authorization": token},
        data={"title": "正しい組織", "name": "rightful", "save": "save"},
        follow_redirects=False,
        status=None,
    )
    assert response.status_code in {200, 302}
