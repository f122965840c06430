"""The web application: `gunicorn --chdir config wsgi:application` with the settings in CKAN_INI."""

from __future__ import annotations

import logging.config
import os

from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

_ini = os.environ["CKAN_INI"]
logging.config.fileConfig(_ini, disable_existing_loggers=False, encoding="utf-8")

application = make_app(CKANConfigLoader(_ini).get_config())
