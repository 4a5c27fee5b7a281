"""Nobody comes in who should not."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from itsdangerous import BadSignature

from pipeline.web.access import Access, guarded

TOKEN = "a token for tests"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_loopback_is_known(host: str) -> None:
    assert Access(host).loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org"])
def test_other_addresses_are_not_loopback(host: str) -> None:
    assert not Access(host).loopback


def test_each_server_has_a_token_of_its_own_and_never_shows_it_by_chance() -> None:
    assert Access().token != Access().token
    assert Access(token=TOKEN).token not in repr(Access(token=TOKEN))
    asked = parse_qs(urlsplit(Access(token="mã & của tôi").login_address).query)
    assert asked == {"token": ["mã & của tôi"]}, "an address that was printed can be followed, whatever the token"


def test_only_the_right_token_lets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.web.access._WRONG_TOKEN_SECONDS", 0)
    access = Access(token=TOKEN)
    assert asyncio.run(access.lets_in(TOKEN))
    assert not asyncio.run(access.lets_in(TOKEN[:-1]))
    assert not asyncio.run(access.lets_in(""))


def unsign(value: str, namespace: str) -> dict[str, object]:
    if value != "signed":
        raise BadSignature("no")
    return {"a": {"id": "an"}}


def answered(access: Access, path: str, **headers: str) -> int:
    """The status with which the door answers; 200 when it lets the request through."""
    sent: list[dict[str, Any]] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "path": path, "headers": raw}
    asyncio.run(guarded(app, access, unsign)(scope, None, send))
    return int(sent[0]["status"])


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost:8001", "localhost", "[::1]:8001"])
def test_on_loopback_everybody_of_this_machine_may_read(host: str) -> None:
    assert answered(Access(), "/-/review", host=host) == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8001", "127.0.0.1.evil.example", ""])
def test_on_loopback_a_foreign_name_is_refused(host: str) -> None:
    assert answered(Access(), "/-/review", host=host) == 421


def test_elsewhere_strangers_see_the_login_only() -> None:
    access = dataclasses.replace(Access(), host="0.0.0.0")
    assert answered(access, "/-/review", host="archive.example") == 302
    assert answered(access, "/letters.json", host="archive.example") == 302
    assert answered(access, "/-/login", host="archive.example") == 200
    assert answered(access, "/-/congvan/congvan.css", host="archive.example") == 200
    assert answered(access, "/-/review", host="archive.example", cookie="ds_actor=forged") == 302
    assert answered(access, "/-/review", host="archive.example", cookie="ds_actor=signed") == 200
