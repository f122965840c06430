"""How gunicorn runs the portal; HOKKAIDO_WEB_* variables change what a larger machine wants changed."""

from __future__ import annotations

import os

bind = os.environ.get("HOKKAIDO_WEB_BIND", "127.0.0.1:5000")
workers = int(os.environ.get("HOKKAIDO_WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("HOKKAIDO_WEB_THREADS", "4"))

# Long enough for the upload and check of a large workbook; everything longer is a background job.
timeout = 120
graceful_timeout = 20
keepalive = 5

# A process that lives for weeks gives its memory back from time to time, the two never together.
max_requests = 5000
max_requests_jitter = 500

# Only the front server of the same machine may say what the visitor's address and scheme are.
forwarded_allow_ips = "127.0.0.1"

accesslog = None
errorlog = "-"
loglevel = "warning"

# Two portals of one person would share this socket in the home folder; nobody here uses it.
control_socket_disable = True
