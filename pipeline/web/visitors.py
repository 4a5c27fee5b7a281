"""Logging in and out."""

from __future__ import annotations

import getpass

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.vietnamese import normal
from pipeline.web.access import LOGIN
from pipeline.web.site import our_site, page

_LONGEST_NAME = 80


async def login(datasette: Datasette, request: Request) -> Response:
    """The form; and, when name and token are right, the way in."""
    site = our_site(datasette)
    if request.method != "POST":
        context = {"token": request.args.get("token") or "", "name": _who(), "wrong": False}
        return await page(datasette, request, "congvan_login.html", context)
    posted = await request.post_vars()
    name = normal(posted.get("name", ""))[:_LONGEST_NAME]
    if not name or not await site.access.lets_in(posted.get("token", "")):
        context = {"token": "", "name": name, "wrong": True}
        return await page(datasette, request, "congvan_login.html", context, status=403)
    response = Response.redirect("/-/review")
    signed = datasette.sign({"a": {"id": name}}, "actor")
    response.set_cookie("ds_actor", signed, httponly=True, samesite="strict")
    return response


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name on this machine
        return ""


async def logout(datasette: Datasette, request: Request) -> Response:
    """The way out."""
    response = Response.redirect(LOGIN)
    if request.method == "POST":
        response.set_cookie("ds_actor", "", max_age=0, expires=0)
    return response
