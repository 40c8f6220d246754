"""Where web servers and the `flask` command find the application."""

import sys

from api import cli
from api.app import create_app
from api.core.config import BadSettings, load_settings
from api.jobs import cli as jobs_cli

try:
    app = create_app(load_settings())
except BadSettings as error:
    sys.exit(str(error))
cli.install(app)
jobs_cli.install(app)
