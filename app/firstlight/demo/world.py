"""What the services of one running demo share: its addresses and its token mint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from starlette.routing import BaseRoute

from firstlight.demo import accounts
from firstlight.demo.iam.temporary import TemporaryKeys
from firstlight.demo.lockout import Lockout
from firstlight.demo.tokens import TokenMint


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One running demo."""

    main_url: str
    other_url: str
    """The same services under another origin: what a redirect leads to."""
    node_url: str
    """A machine without a gateway: model servers, an edge node."""
    broken_url: str
    """A server that does not speak proper HTTP."""
    tls_port: int
    """A server whose TLS goes wrong in the way the host name asks for; see faults.tls."""
    mint: TokenMint = field(default_factory=TokenMint)
    lockout: Lockout = field(default_factory=Lockout)
    """Of keys whose signatures are refused again and again."""
    temporary_keys: TemporaryKeys = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "temporary_keys", TemporaryKeys(self.mint))

    def addresses(self) -> dict[str, str]:
        """Return the variables under which requests find the services."""
        return {
            "demo_url": self.main_url,
            "demo_other_origin": self.other_url,
            "demo_node_url": self.node_url,
            "demo_broken_url": self.broken_url,
            "demo_tls_port": str(self.tls_port),
            "demo_port": self.main_url.rpartition(":")[2],
        }

    def credentials(self) -> dict[str, str]:
        """Return the secrets with which requests log in; the tokens are fresh."""
        user = accounts.USERS[0]
        issue = self.mint.issue
        return {
            "demo_token": issue(user_id=user.id, scope="project", project_id=accounts.HOME.id),
            "demo_domain_token": issue(user_id=user.id, scope="domain"),
            "demo_expired_token": issue(user_id=user.id, scope="project", project_id=accounts.HOME.id, valid_s=-3600.0),
            "demo_other_project_token": issue(user_id=user.id, scope="project", project_id=accounts.LAB.id),
            "demo_appcode": accounts.APPCODE,
            "demo_api_key": accounts.API_KEY,
            "demo_eas_token": accounts.EAS_TOKEN,
            "demo_eas_group_token": accounts.EAS_GROUP_TOKEN,
            "demo_account": accounts.ACCOUNT_NAME,
            "demo_user": user.name,
            "demo_password": accounts.PASSWORD,
            "demo_mfa_key": accounts.USERS[3].mfa_key,
            "demo_ak": accounts.ACCESS_KEY.ak,
            "demo_sk": accounts.ACCESS_KEY.sk,
            "demo_oauth_secret": accounts.OAUTH_CLIENTS["demo-client"],
            "demo_app_key": accounts.APP_KEY,
            "demo_app_secret": accounts.APP_SECRET,
        }


Routes: TypeAlias = Callable[[World], Sequence[BaseRoute]]
"""What each service offers to the application's table."""
