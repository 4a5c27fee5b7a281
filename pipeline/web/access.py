"""Who may come in: the loopback address only unless told otherwise, and nobody writes without having logged in."""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlencode

from itsdangerous import BadSignature

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Coroutine[Any, Any, None]]
Unsign = Callable[[str, str], Any]

LOGIN = "/-/login"
_OPEN = (LOGIN, "/-/congvan/", "/-/static/")
"""What is shown before anybody has logged in."""
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_WRONG_TOKEN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Access:
    """Where the server listens and what lets people write."""

    host: str = "127.0.0.1"
    port: int = 8001
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """The address for a browser on this machine."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def login_address(self) -> str:
        """The address that lets its holder log in."""
        return f"{self.address}{LOGIN}?{urlencode({'token': self.token})}"

    async def lets_in(self, token: str) -> bool:
        """Whether the token is ours; a wrong one costs the guesser time."""
        if secrets.compare_digest(token.encode(), self.token.encode()):
            return True
        await asyncio.sleep(_WRONG_TOKEN_SECONDS)
        return False


def guarded(app: App, access: Access, unsign: Unsign) -> App:
    """The app behind the door: foreign host names are refused on the loopback address, strangers elsewhere.

    A page from outside can point its own name at 127.0.0.1 (DNS rebinding); its requests carry that name.
    """

    async def door(scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's callables
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if access.loopback and _name(headers.get("host", "")) not in {*_LOOPBACK_NAMES, access.host}:
            await _answer(send, 421, b"This server answers to its own name only.")
        elif not access.loopback and not scope["path"].startswith(_OPEN) and _actor(headers, unsign) is None:
            await _answer(send, 302, b"", location=LOGIN)
        else:
            await app(scope, receive, send)

    return door


def _name(host: str) -> str:
    return host.lower() if host.endswith("]") else host.lower().rsplit(":", 1)[0]


def _actor(headers: dict[str, str], unsign: Unsign) -> object | None:
    """Who is logged in by a cookie that we signed; None for anybody else."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get("ds_actor")
        return unsign(cookie.value, "actor").get("a") if cookie else None
    except (BadSignature, CookieError, AttributeError):
        return None


async def _answer(send: Any, status: int, body: bytes, *, location: str = "") -> None:  # noqa: ANN401
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    headers += [(b"location", location.encode())] if location else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
