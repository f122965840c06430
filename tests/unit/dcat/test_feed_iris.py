"""Addresses as people type them become IRIs that a strict parser takes, or nothing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_dcat.domain import iris


@pytest.mark.parametrize(
    ("typed", "iri"),
    [
        ("https://example.lg.jp/a.csv", "https://example.lg.jp/a.csv"),
        ("  https://example.lg.jp/a.csv\n", "https://example.lg.jp/a.csv"),
        ("https://example.lg.jp/\u3000", "https://example.lg.jp/%E3%80%80".removesuffix("%E3%80%80")),
        ("https://example.lg.jp/a b.csv", "https://example.lg.jp/a%20b.csv"),
        ("https://example.lg.jp/避難所.csv", "https://example.lg.jp/%E9%81%BF%E9%9B%A3%E6%89%80.csv"),
        ("https://example.lg.jp/100%.csv", "https://example.lg.jp/100%25.csv"),
        ("https://example.lg.jp/%E9.csv", "https://example.lg.jp/%E9.csv"),
        ('https://example.lg.jp/?a=<b>&c={d}|\\^`"', "https://example.lg.jp/?a=%3Cb%3E&c=%7Bd%7D%7C%5C%5E%60%22"),
        ("HTTPS://Example.LG.jp/A", "https://example.lg.jp/A"),
        ("http://例え.jp/", "http://xn--r8jz45g.jp/"),
        ("http://user:secret@example.jp/", "http://example.jp/"),
        ("http://example.jp:8080/", "http://example.jp:8080/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("urn:isbn:4000000000", "urn:isbn:4000000000"),
        ("https://example.jp/a[1].csv", "https://example.jp/a%5B1%5D.csv"),
    ],
)
def test_an_address_is_repaired(typed: str, iri: str) -> None:
    assert iris.repair(typed) == iri


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.lg.jp/a.csv",
        "/a.csv",
        "http://",
        "http:///a",
        "http://exa mple.jp/",
        "http://example.jp:port/",
        "http://example.jp:99999/",
        "http://[::zz]/",
        "http://-.jp/",
        "http://example.jp/\x00",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "http://\ud800.jp/",
        "urn:x",
    ],
)
def test_what_is_no_public_address_is_refused(typed: str) -> None:
    assert iris.repair(typed) is None


@given(st.one_of(st.text(), st.text().map("http://example.jp/".__add__), st.text().map("https://".__add__)))
def test_whatever_was_typed_the_result_is_an_iri_and_stays_one(typed: str) -> None:
    iri = iris.repair(typed)
    if iri is not None:
        assert iri.isascii()
        assert iris.repair(iri) == iri
        assert list(ox.parse(f"<{iri}> <{iri}> <{iri}> .", format=ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize(
    ("typed", "iri"),
    [
        ("011-231-4111", "tel:+81-11-231-4111"),
        ("０１１（２３１）４１１１", "tel:+81-11-231-4111"),
        ("+81-11-231-4111", "tel:+81-11-231-4111"),
        ("011-231-4111（内線123）", None),
        ("110", None),
        ("なし", None),
    ],
)
def test_a_telephone_number_is_an_international_one(typed: str, iri: str | None) -> None:
    assert iris.phone(typed) == iri


@pytest.mark.parametrize(
    ("typed", "iri"),
    [
        ("kiki@example.lg.jp", "mailto:kiki@example.lg.jp"),
        ("mailto:kiki@example.lg.jp", "mailto:kiki@example.lg.jp"),
        ("a^b@example.jp", "mailto:a%5Eb@example.jp"),
        ("kiki（アット）example.lg.jp", None),
        ("a@b@c", None),
    ],
)
def test_a_mail_address_is_a_mailto_iri(typed: str, iri: str | None) -> None:
    assert iris.mail(typed) == iri
