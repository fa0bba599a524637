"""How gunicorn serves the record: small, quiet, and private in what it writes."""

from __future__ import annotations

import gc
from typing import Any

wsgi_app = "homeward.web.config.wsgi:application"
workers = 2
worker_class = "gthread"
threads = 2
umask = 0o077
loglevel = "warning"
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Leave what every request needs out of the search for garbage, which stops all of them meanwhile."""
    gc.collect()
    gc.freeze()
