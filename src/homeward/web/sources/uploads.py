"""Receiving a file without keeping more of it than may be kept."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class SizeLimit(FileUploadHandler):
    """Stops taking in a file as soon as it is too large; the rest of the form is still read.

    Parameters
    ----------
    request : HttpRequest
        Whose body was not read yet.
    most : int
        Bytes that a file may have.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.exceeded = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece of a file on, unless the file grew too large with it."""
        if start + len(raw_data) > self.most:
            self.exceeded = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handler that keeps it."""
