"""Two letters side by side: are they the same?"""

from __future__ import annotations

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError
from pipeline.store import LETTERHEAD, StoredLetter
from pipeline.vietnamese import fold
from pipeline.web.site import ask, failure, page


async def show(datasette: Datasette, request: Request) -> Response:
    """Both letters: values in rows, what differs marked, first pages beneath."""
    ids = request.url_vars["id"], request.url_vars["other"]
    try:
        one, two = await ask(datasette, lambda store: (store.show(ids[0]), store.show(ids[1])))
    except CongvanError as error:
        return await failure(datasette, request, error)
    context = {"one": one, "two": two, "rows": compared(one, two)}
    return await page(datasette, request, "congvan_compare.html", context)


def compared(one: StoredLetter, two: StoredLetter) -> list[tuple[str, str, str, bool]]:
    """Name, both values, and whether they are the same but for marks and case; fields that neither has left out."""
    names = (*(n for n in LETTERHEAD if n != "language"), "pages")
    pairs = [(n, str(one.document[n] or ""), str(two.document[n] or "")) for n in names]
    return [(n, a, b, fold(a) == fold(b)) for n, a, b in pairs if a or b]
