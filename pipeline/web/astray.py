"""Addresses that lead nowhere, and what nobody foresaw: a page that says so and leads on, in the visitor's language."""

from __future__ import annotations

import logging

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Base400, NotFound, Request, Response  # type: ignore[import-untyped]
from datasette.views.base import DatasetteError  # type: ignore[import-untyped]

from pipeline.errors import CongvanError, UsageError
from pipeline.web.site import failure, wants_json

log = logging.getLogger(__name__)
_FAULT = "this is a fault of congvan: please report it with what congvan serve printed"


async def answer(datasette: Datasette, request: Request, error: Exception) -> Response | None:
    """The page for an error; None leaves it to Datasette, which answers programs and tells faults of SQL itself."""
    if isinstance(error, CongvanError):
        return await failure(datasette, request, error)
    if wants_json(request) or request.path.endswith(".json"):
        return None
    if isinstance(error, NotFound):
        lost = UsageError("there is no such page", hint="search for the letter, or go on with those that wait")
        return await failure(datasette, request, lost, status=404)
    if isinstance(error, Base400 | DatasetteError):
        return None
    log.error("a page could not be made: %s", request.path, exc_info=error)
    return await failure(datasette, request, CongvanError(f"{type(error).__name__}: {error}", hint=_FAULT))
