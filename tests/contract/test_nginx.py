"""The example of nginx is understood by nginx.

What it does in front of a portal was tried by hand: docs/operate.md.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NGINX, OPENSSL = (
    shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"),
    shutil.which("openssl"),
)
EXAMPLE = "config/production/nginx.conf"


@pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx or openssl is not installed here")
def test_nginx_accepts_the_example(checkout: Path, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
        "-keyout", str(key), "-out", str(certificate),
    ]  # fmt: skip
    subprocess.run([str(OPENSSL), *made], check=True, capture_output=True)
    example = (checkout / EXAMPLE).read_text(encoding="utf-8")
    example = example.replace("/etc/ssl/opendata.key", str(key)).replace("/etc/ssl/opendata.pem", str(certificate))
    # Testing opens the ports: those of the machine are not ours.
    example = example.replace("listen 80;", f"listen unix:{tmp_path}/a;").replace(
        "listen 443", f"listen unix:{tmp_path}/b"
    )
    folders = " ".join(
        f"{kind}_temp_path {tmp_path / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {folders}\n{example}\n}}\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [str(NGINX), "-t", "-c", str(config), "-p", str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "[emerg]" not in done.stderr
