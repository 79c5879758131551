"""What IAM's refusals mean and what to do about them (VENDORS §1.4), by status, code and what was tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from firstlight.auth.json_errors import refusal
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.response import Response
from firstlight.texts import N_, Phrase


class _Problem(NamedTuple):
    kind: str
    meaning: str
    remedy: str


WRONG_PASSWORD = _Problem(
    "iam-wrong-password",
    N_("the password is wrong"),
    N_("Correct the password. It is not tried again by itself: after a few wrong ones IAM locks the account."),
)
WRONG_LOGIN = _Problem(
    "iam-wrong-login",
    N_("user, password or account name is wrong, or the user signs in with MFA"),
    N_(
        "Look at the account name first: it is the one at the top right of the console, not the user's. "
        "A user with login protection needs “Password and MFA” here. A HUAWEI ID gets no token: make an IAM user."
    ),
)
WRONG_CODE = _Problem(
    "iam-wrong-mfa-code",
    N_("the MFA code is wrong"),
    N_("Type the code that the authenticator shows now, and check the clock of its device."),
)
NEEDS_CODE = _Problem(
    "iam-mfa-needed",
    N_("this user signs in with a virtual MFA device"),
    N_("Choose “Password and MFA” and fill in the code, or the device's secret key."),
)
LOCKED = _Problem(
    "iam-locked",
    N_("the account is locked after too many wrong passwords"),
    N_("Wait a quarter of an hour, check the password, then press “Get a new token now”."),
)
CONSOLE_ONLY = _Problem(
    "iam-console-only",
    N_("this user may use the console only"),
    N_("Let the administrator give the user programmatic access in IAM, or take another user."),
)
NO_PROJECT = _Problem(
    "iam-no-project",
    N_("there is no such project in this account"),
    N_("The default project of a region is named like the region: cn-southwest-2. A sub-project: cn-southwest-2_lab."),
)
NO_ACCOUNT = _Problem(
    "iam-no-account",
    N_("there is no such account"),
    N_("Write the account (domain) name as the console shows it under My Credentials."),
)
WRONG_KEYS = _Problem(
    "iam-wrong-keys",
    N_("the access key is wrong, disabled or expired"),
    N_("Check AK and SK under My Credentials, Access Keys. Services that take AK/SK are better signed with them."),
)
FORBIDDEN = _Problem(
    "iam-forbidden",
    N_("the user is not allowed to do this, or is disabled"),
    N_("Ask the administrator of the account for the permission."),
)
TOO_MANY = _Problem(
    "iam-too-many",
    N_("too many tokens were asked for"),
    N_("Wait a minute. A token is kept until it expires, so one is enough."),
)
NOT_A_TOKEN = _Problem(
    "iam-not-a-token",
    N_("this is not a token of this site, or it was not copied whole"),
    N_("Is the endpoint the one that issued it? Copy the whole X-Subject-Token header, or let it be fetched."),
)
TOKEN_EXPIRED = _Problem(
    "iam-token-expired",
    N_("the token has expired"),
    N_("Get a new one: a token is valid for 24 hours. “Huawei IAM token (fetched)” renews it by itself."),
)
MALFORMED = _Problem(
    "iam-bad-request",
    N_("IAM does not understand the request"),
    N_("Look for blanks or strange signs in the fields of the Authorization tab."),
)
OTHER = _Problem(
    "iam-refused",
    N_("IAM did not issue a token"),
    N_("Is the endpoint really that of IAM? Its answer is in the Console."),
)

_BY_CODE: Mapping[str, _Problem] = {
    "IAM.0061": LOCKED, "IAM.0062": WRONG_PASSWORD, "IAM.1061": WRONG_CODE, "IAM.0081": CONSOLE_ONLY,
    "IAM.1104": WRONG_KEYS, "IAM.1105": WRONG_KEYS, "IAM.1106": WRONG_KEYS, "IAM.1107": WRONG_KEYS,
    "IAM.1109": NO_PROJECT, "IAM.0002": FORBIDDEN, "IAM.0003": FORBIDDEN, "IAM.0064": FORBIDDEN,
    "IAM.0080": FORBIDDEN, "IAM.0082": FORBIDDEN, "IAM.0083": FORBIDDEN, "IAM.0012": TOO_MANY,
    "IAM.0009": NOT_A_TOKEN, "IAM.0063": NOT_A_TOKEN, "IAM.0067": NOT_A_TOKEN, "IAM.0066": TOKEN_EXPIRED,
    "IAM.1108": TOKEN_EXPIRED,
}  # fmt: skip
_BY_STATUS: Mapping[int, _Problem] = {400: MALFORMED, 401: WRONG_LOGIN, 403: FORBIDDEN, 404: NO_PROJECT, 429: TOO_MANY}


def refused(response: Response, endpoint: str, sign_in: str) -> ExchangeError:
    """Return the failure for an answer of IAM without a token; `sign_in` is how it was asked, or `token`."""
    said = refusal(response.body)
    problem = _problem(response.status, said.code, said.message.lower(), sign_in)
    code = said.code if said.code.startswith("IAM.") else ""
    quoted = " · ".join(filter(None, (str(response.status), code, said.message.rstrip("."))))
    message = Phrase(
        "IAM at {endpoint}: {meaning} ({answer}).", endpoint=endpoint, meaning=Phrase(problem.meaning), answer=quoted
    )
    return failed("service", problem.kind, message, Phrase(problem.remedy))


def _problem(status: int, code: str, message: str, sign_in: str) -> _Problem:
    if sign_in == "token":
        known = _BY_CODE.get(code)
        return known if known else (TOKEN_EXPIRED if "expired" in message else NOT_A_TOKEN)
    if status in {400, 401} and sign_in != "mfa" and ("mfa" in message or "totp" in message):
        return NEEDS_CODE
    if status == 401 and sign_in == "mfa" and ("passcode" in message or "mfa" in message):
        return WRONG_CODE
    if "domain" in message and status == 404:
        return NO_ACCOUNT
    if status == 401 and sign_in == "aksk":
        return WRONG_KEYS
    return _BY_CODE.get(code) or _BY_STATUS.get(status, OTHER)
