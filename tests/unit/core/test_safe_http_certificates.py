"""The one outgoing client trusts whom the operator trusts."""

from __future__ import annotations

import socket
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from ill_site import always, moved, said, serving

from ckanext.hokkaido_core.domain.fetching import NotTrusted, TooManyRedirects
from ckanext.hokkaido_core.safe_http import fetch


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate for localhost, with its key, that nobody has signed."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", path, "-out", f"{path}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def _tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_that_does_not_hold_is_refused(certificate: Path) -> None:
    with serving(always(said()), context=_tls(certificate)) as server, pytest.raises(NotTrusted):
        fetch(server.url().replace("http:", "https:"), server.policy)
    assert server.asked == []


def test_the_operators_own_authority_is_trusted(certificate: Path) -> None:
    with serving(always(said(b"here")), context=_tls(certificate)) as server:
        policy = replace(server.policy, ca_file=str(certificate))
        assert fetch(server.url().replace("http:", "https:"), policy).body == b"here"


def test_an_encrypted_page_does_not_lead_to_one_that_is_not(certificate: Path) -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(moved(f"http://localhost:{server.port}/"))

    with serving(reply, context=_tls(certificate)) as server, pytest.raises(TooManyRedirects):
        fetch(server.url().replace("http:", "https:"), replace(server.policy, ca_file=str(certificate)))
    assert len(server.asked) == 1
