"""How gunicorn serves Rounds. One process on SQLite; several as soon as PostgreSQL is behind it."""

import os

_sqlite = os.environ.get("ROUNDS_DATABASE_URL", "sqlite").startswith("sqlite")

bind = os.environ.get("BIND", f"0.0.0.0:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = 1 if _sqlite else int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 30
max_requests = 20000
max_requests_jitter = 2000
limit_request_line = 4094
limit_request_fields = 60
accesslog = None
loglevel = "warning"
control_socket_disable = True
