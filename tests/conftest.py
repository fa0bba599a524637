"""What every test stands on: a data folder and a secret key that are only for tests."""

import atexit
import gc
import os
import tempfile

from django.conf import settings

SECRET_KEY = "only for tests, and long enough that no check complains about it"

_folder = tempfile.TemporaryDirectory(prefix="homeward-tests-")
atexit.register(_folder.cleanup)

# For the programs that tests start, and for what reads the environment while a test runs.
os.environ.update(HOMEWARD_DATA=_folder.name, HOMEWARD_SECRET_KEY=SECRET_KEY)
for name in ("HOMEWARD_HOSTS", "HOMEWARD_HTTPS"):
    os.environ.pop(name, None)

# pytest-django reads the settings before this file. The database is in memory or on a server (database.py), so nothing
# else needs the folder.
settings.SECRET_KEY = SECRET_KEY
# Every client of a test is a server of its own, and would look for all static files when it starts.
settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
