"""No POST counts unless it comes from a page of ours: signed tokens, one per page.

A token names the session it was made in and the reviewer it was shown to. Before sign-in a cookie
of its own takes the session's place, so that signed-out pages leave the session's cookie alone.
"""

import hmac
from secrets import token_urlsafe
from typing import Any

from flask import current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from server.review.session import LIFE, is_remote

COOKIE = "prior_auth_sign_in"
KEPT = 3 * 24 * 3600


def signer(purpose: str) -> URLSafeTimedSerializer:
    """Give what signs for one purpose with the session key."""
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"review {purpose}")


def signed(purpose: str, *words: str) -> str:
    """Sign words for one purpose, to be carried by a browser."""
    return str(signer(purpose).dumps(words))


def read(purpose: str, token: str, life: int = LIFE) -> tuple[str, ...]:
    """Give the words of a token signed for this purpose in the last ``life`` seconds, or none."""
    try:
        words: Any = signer(purpose).loads(token, max_age=life)
    except BadData:
        return ()
    return tuple(map(str, words))


def csrf() -> str:
    """Give a page's token against forged requests."""
    reader = g.get("reviewer")
    return signed("page", own(), reader.subject if reader else "")


def own() -> str:
    """Name this browser: by its session, or before sign-in by the cookie that ``mark`` sets."""
    if g.get("reviewer"):
        return str(session["csrf"])
    if "browser" not in g:
        g.browser = request.cookies.get(COOKIE) or token_urlsafe(16)
    return str(g.browser)


def mark(response: Response) -> None:
    """Set the cookie that a signed-out page's token belongs to."""
    if "browser" in g:
        response.set_cookie(
            COOKIE, g.browser, path="/review", httponly=True, samesite="Strict", secure=is_remote()
        )


def is_forged() -> bool:
    """Whether a POST does not come from a page of this session, or of this browser's sign-in."""
    words = read("page", request.form.get("csrf", ""))
    if len(words) != 2:
        return True
    names = [session["csrf"]] if g.reviewer else []
    if request.endpoint == "review.sign_in":
        names.append(request.cookies.get(COOKIE, ""))
    return not any(name and hmac.compare_digest(words[0].encode(), name.encode()) for name in names)


def shown_to(token: str) -> str:
    """Name the reviewer that a page was shown to, by its token; empty: nobody, or not our page."""
    words = read("page", token, KEPT)
    return words[1] if len(words) == 2 else ""
