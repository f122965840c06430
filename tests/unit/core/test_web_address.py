"""The one reading of web addresses (SS-01, SS-05)."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_core.domain.fetching import NotAllowed, Policy
from ckanext.hokkaido_core.domain.web_address import WrongAddress, read_address
from ckanext.hokkaido_core.safe_http import check

REFUSED = [
    ("file:///etc/passwd", "scheme"),
    ("ftp://example.jp/a", "scheme"),
    ("gopher://example.jp", "scheme"),
    ("data:text/plain,x", "scheme"),
    ("jar:http://example.jp!/", "scheme"),
    ("//example.jp/", "scheme"),
    ("example.jp/list.csv", "scheme"),
    ("", "scheme"),
    ("http://user@example.jp/", "userinfo"),
    ("http://user:secret@example.jp/", "userinfo"),
    ("http://example.jp@127.0.0.1/", "userinfo"),
    ("http://example.jp:22/", "port"),
    ("http://example.jp:6379/", "port"),
    ("http://example.jp:0/", "port"),
    ("http://example.jp:99999/", "shape"),
    ("http://example.jp:x/", "shape"),
    ("http://exam\tple.jp/", "shape"),
    ("http://example.jp/a\r\nHost: x", "shape"),
    ("http://example.jp/a b", "shape"),
    ("http://example.jp\\@127.0.0.1/", "shape"),
    ("http://example.jp/\u202e", "shape"),
    ("http://example.jp/" + "a" * 2048, "shape"),
    ("http:///path", "host"),
    ("http://", "host"),
    ("http://exa_$mple.jp/", "host"),
    ("http://-example.jp/", "host"),
    ("http://a..b/", "host"),
    ("http://2130706433/", "host"),
    ("http://0x7f.1/", "host"),
    ("http://0x7f000001/", "host"),
    ("http://0177.0.0.1/", "host"),
    ("http://127.1/", "host"),
    ("http://1.2.3.4.5/", "host"),
    ("http://[::1/", "shape"),
    ("http://[fe80::1%25eth0]/", "host"),
]


@pytest.mark.parametrize(("url", "fault"), REFUSED)
def test_an_address_that_would_not_be_asked_is_refused(url: str, fault: str) -> None:
    with pytest.raises(WrongAddress) as wrong:
        read_address(url)
    assert wrong.value.fault == fault


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://www.pref.hokkaido.lg.jp", "https://www.pref.hokkaido.lg.jp/"),
        ("HTTP://Example.JP:80/A?b=c#part", "http://example.jp/A?b=c"),
        ("https://example.jp./a", "https://example.jp/a"),
        ("https://日本語.jp/一覧.csv?名=値", "https://xn--wgv71a119e.jp/%E4%B8%80%E8%A6%A7.csv?%E5%90%8D=%E5%80%A4"),
        ("https://example.jp/a%20b%2Fc", "https://example.jp/a%20b%2Fc"),
        ("http://[2606:2800:220:1::1]:443/", "http://[2606:2800:220:1::1]:443/"),
        ("http://１２７．０．０．１/", "http://127.0.0.1/"),
    ],
)
def test_an_address_is_read_as_it_goes_on_the_wire(url: str, read: str) -> None:
    assert read_address(url).url == read


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://１２７．０．０．１/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://0.0.0.0/",
        "ftp://example.jp/",
    ],
)
def test_a_form_refuses_what_a_request_would_refuse(url: str) -> None:
    with pytest.raises(NotAllowed):
        check(url, Policy())
