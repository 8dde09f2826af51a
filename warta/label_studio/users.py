"""Annotators: invited through the server's own sign-up form, so that they are ordinary users with a password."""

from __future__ import annotations

import re
import secrets

from warta.label_studio.client import Server
from warta.label_studio.tasks import Fault


def invite(server: Server, email: str, password: str | None = None) -> str | None:
    """Make a user and return the password (one is invented if none is given), None if the user is there.

    Raises :class:`Fault` with what the form says when it refuses.
    """
    import httpx

    if email in server.users().values():
        return None
    secret = password or secrets.token_urlsafe(9)
    with server.one_line(), httpx.Client(base_url=server.url, timeout=60, follow_redirects=False) as browser:
        link = server.sdk.organizations.invites.get_invite_link().invite_url
        page = browser.get(link)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        if token is None:
            raise Fault(f"{server.url}: the sign-up form was not found at the invitation")
        form = {"email": email, "password": secret, "csrfmiddlewaretoken": token[1], "allow_newsletters": "false"}
        answer = browser.post(link, data=form, headers={"Referer": server.url + link})
    if answer.status_code != 302 or email not in server.users().values():
        said = re.findall(r'class="field_errors">(.*?)</ul>', answer.text, re.S)
        why = " ".join(re.sub(r"<[^>]+>", " ", " ".join(said)).split()) or f"status {answer.status_code}"
        raise Fault(f"{server.url}: {email} was not accepted: {why}")
    return secret


def add_without_login(server: Server, email: str) -> None:
    """Make a user whose password nobody knows, for replaying the work of annotators who are not there.

    Users made by the server's own call are no members, and annotations cannot be given to them.
    """
    invite(server, email, secrets.token_urlsafe(24))
