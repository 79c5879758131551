"""Who and what exists in the demo's cloud: one account, its users and projects, the services' ids and the keys.

The values are fixed so that documentation, the demo workspace and a curl line all agree; they open nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of the account; `region` is the part of its name before the underscore."""

    id: str
    name: str

    @property
    def region(self) -> str:
        """The region the project lives in."""
        return self.name.partition("_")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An IAM user."""

    id: str
    name: str
    console_only: bool = False
    """True: may use the console but gets no token (IAM.0081)."""
    mfa_key: str = ""
    """The secret key of the virtual MFA device (base32) that the user has to sign in with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKey:
    """A permanent key pair of a user."""

    ak: str
    sk: str
    user_id: str


ACCOUNT_ID = "5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3"
ACCOUNT_NAME = "first-light"
PASSWORD = "Andromeda-1923"  # noqa: S105 - the demo's published password; it opens nothing else

HOME = Project(id="0f3a9c51d2b84e6fa7c1e0d4b59836f2", name="cn-southwest-2")
"""The project in which every demo service lives."""
LAB = Project(id="7b21e4d09f6c43a58d3e1fa0c6b9725e", name="cn-southwest-2_lab")
ELSEWHERE = Project(id="c86d5f02a1be47309e4d7b3c28f1a05d", name="cn-north-4")
PROJECTS = (HOME, LAB, ELSEWHERE)

USERS = (
    User(id="a41c6f0e93d74b28b5e7d2c8f1063a9d", name="demo-user"),
    User(id="b87e20d4c5f1496a9d3b6a0f7e81c25d", name="demo-guest"),
    User(id="d0f95b3a7c284e16a8b4c1e7f6029d5b", name="demo-console", console_only=True),
    User(id="e6b1f49c25d0473a9c8e7d5a0f3b1284", name="demo-mfa", mfa_key="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
)

ACCESS_KEY = AccessKey(ak="DEMOAK7QX2M4V8R1T5K9", sk="demo0sk6Hq3Zt8Wn1Yc5Lb7Rv2Mx9Pf4Gd0Js6K", user_id=USERS[0].id)
"""What demo-user signs with, or shows IAM for a token."""

OAUTH_CLIENTS = {"demo-client": "demo-oauth-secret-7Hq2Lx", "demo-public": ""}
"""Client id → secret of the OAuth 2.0 server; a public client has none."""

APPCODE = "b1946ac92492d2347c6235b4d2611184a0c7e5d8"
"""An AppCode bound to the ModelArts services."""
APP_KEY = "6c9e0b4d-5f21-4a87-9d36-b07a1e52c8f4"
"""The AppKey of the same app."""
APP_SECRET = "demo-app-secret-4Kq9Zt2Wn7Yc"  # noqa: S105 - the demo's published secret
API_KEY = "demo-5f2c8e91b7d04a63"
"""The API key of the chat services: raw in X-Apig-AppCode for Pangu V1, after Bearer for V2 and OpenAI."""
EAS_TOKEN = "ZGVtby1lYXMtdG9rZW4tZmlyc3QtbGlnaHQ=="  # noqa: S105 - the demo's published token
"""The token of the PAI-EAS services; two equals signs at the end, as real ones have."""
EAS_GROUP_TOKEN = "ZGVtby1lYXMtZ3JvdXAtb2YtdGhlIGxsbQ=="  # noqa: S105 - the demo's published token
"""The token of the group of services: it opens the group's address, no service's own."""
