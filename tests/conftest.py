"""What every test stands on: a data folder and a secret key that are only for tests."""

import atexit
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
