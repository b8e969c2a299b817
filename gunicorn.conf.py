"""How the app is served; gunicorn reads this file by itself. Address and workers are the command line's."""

from __future__ import annotations

import gc
from typing import Any

worker_class = "gthread"
threads = 4

# Loaded once and shared by the workers, who open the warehouse each for themselves.
preload_app = True

# A proxy's connections stay open between requests.
keepalive = 75

loglevel = "warning"


def when_ready(_server: Any) -> None:
    """Leave what is loaded for good out of every later search for garbage, which takes 0.1 s with it."""
    gc.collect()
    gc.freeze()
