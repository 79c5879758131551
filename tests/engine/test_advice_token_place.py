"""A token's own project and region against those of the address."""

from __future__ import annotations

import pytest

from firstlight.advice.token_place import good_elsewhere
from firstlight.model.access_token import AccessToken

HOME, OTHER = "0" * 32, "1" * 32
PANGU = f"https://pangu.cn-southwest-2.myhuaweicloud.com/v1/{HOME}/deployments/d/chat/completions"
INFER = "https://x.apig.cn-north-4.huaweicloudapis.com/v1/infers/s"


def token(project: str = "cn-southwest-2", project_id: str = HOME, scope: str = "project") -> AccessToken:
    return AccessToken(value="MII", obtained_at_s=0.0, scope=scope, project=project, project_id=project_id)


@pytest.mark.parametrize(
    ("given", "url", "names"),
    [
        (token(project_id=OTHER), PANGU, OTHER),
        (token(), INFER, "cn-north-4"),
        (token("cn-southwest-2_lab"), INFER, "cn-southwest-2"),
    ],
)
def test_a_token_of_another_project_or_region_is_told_with_what_to_do(given: AccessToken, url: str, names: str) -> None:
    told = good_elsewhere(given, url)
    assert told is not None
    message, remedy = told
    assert names in str(message)
    assert remedy


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (token(), PANGU),
        (token("cn-north-4_lab"), INFER),
        (token(scope="domain", project="", project_id=""), INFER),  # told on its own
        (token(), "https://models.example.test/v1/infers/s"),
        (token("my-project"), INFER),
        (token(), ""),
    ],
)
def test_nothing_is_said_where_nothing_can_be_seen(given: AccessToken, url: str) -> None:
    assert good_elsewhere(given, url) is None
