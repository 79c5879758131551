"""Checks a user's password; too many wrong ones lock the account for a while, as the real service does."""

from __future__ import annotations

import hmac
from base64 import b32decode
from collections.abc import Callable, Mapping
from typing import Any

from firstlight.auth.iam.totp import STEP_S, code
from firstlight.demo import accounts
from firstlight.demo.accounts import User
from firstlight.demo.iam.problems import bad_value, coded, missing, titled

FAILURES_TO_LOCK = 5
LOCKED_S = 30.0
"""Short, so that a demo is not over after a typing error; the real lock lasts 15 minutes."""


class Login:
    """Knows the users and who has failed how often; `now` is a clock in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures: dict[str, int] = {}
        self._locked_until: dict[str, float] = {}

    def check(self, given: Mapping[str, Any]) -> User:
        """Return the user whom `auth.identity.password.user` names, if the password is right.

        Raises:
            RefusalError: 400 for a missing property, 401 for a wrong one, 403 for a user without programmatic access.
        """
        user = _find(given)
        password = given.get("password")
        if not isinstance(password, str):
            raise missing("auth.identity.password.user.password")
        if self._now() < self._locked_until.get(user.id, 0.0):
            raise coded(401, "IAM.0061", "The account is locked. Try again later.")
        if not hmac.compare_digest(password.encode(), accounts.PASSWORD.encode()):
            raise self._count_failure(user)
        self._failures.pop(user.id, None)
        if user.console_only:
            raise coded(403, "IAM.0081", "The user has console access only.")
        return user

    def check_mfa(self, user: User, identity: Mapping[str, Any]) -> None:
        """Check the code of the user's virtual MFA device, if there is one. Codes of the neighbouring 30 s pass, too.

        Raises:
            RefusalError: 401 when a code is wanted and not there, 400 when it is wrong.
        """
        totp = identity.get("totp")
        if not isinstance(totp, dict):
            if user.mfa_key:
                raise titled(401, "The user has login protection: MFA is required (methods password and totp).")
            return
        passcode = totp.get("passcode")
        if not isinstance(passcode, str):
            raise missing("auth.identity.totp.passcode")
        moments = (self._now() + shift * STEP_S for shift in (-1, 0, 1))
        key = b32decode(user.mfa_key)
        if not user.mfa_key or not any(hmac.compare_digest(passcode, code(key, moment)) for moment in moments):
            raise coded(400, "IAM.1061", "The MFA passcode is incorrect.")

    def _count_failure(self, user: User) -> Exception:
        failures = self._failures.get(user.id, 0) + 1
        if failures >= FAILURES_TO_LOCK:
            self._locked_until[user.id] = self._now() + LOCKED_S
            failures = 0
        self._failures[user.id] = failures
        return coded(401, "IAM.0062", "Incorrect password.")


def _find(given: Mapping[str, Any]) -> User:
    """Find a user by id, or by name and account; one wrong word is not told from the other."""
    if "id" in given:
        found = next((user for user in accounts.USERS if user.id == given["id"]), None)
    else:
        name = given.get("name")
        domain = given.get("domain")
        if not isinstance(name, str):
            raise missing("auth.identity.password.user.name")
        if domain is None:
            raise missing("auth.identity.password.user.domain")
        if not isinstance(domain, dict):
            raise bad_value("auth.identity.password.user.domain", "It must be an object with name or id.")
        of_account = domain.get("name") == accounts.ACCOUNT_NAME or domain.get("id") == accounts.ACCOUNT_ID
        found = next((user for user in accounts.USERS if of_account and user.name == name), None)
    if found is None:
        raise titled(401, "The username or password is wrong.")
    return found
