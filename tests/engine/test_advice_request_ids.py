"""Request IDs are collected from the headers of every vendor, and the region from the host."""

from __future__ import annotations

import pytest

from firstlight.advice.request_ids import region_of, request_ids


def test_the_usual_id_comes_first_and_each_once() -> None:
    headers = (
        ("Cf-Ray", "3"), ("x-iam-trace-id", "2"), ("x-request-id", " 1 "), ("Content-Type", "x"), ("X-Trace-Id", " "),
    )  # fmt: skip
    assert request_ids(headers) == (("x-request-id", "1"), ("x-iam-trace-id", "2"), ("Cf-Ray", "3"))


@pytest.mark.parametrize(
    ("url", "region"),
    [
        ("https://iam.cn-north-4.myhuaweicloud.com/v3", "cn-north-4"),
        ("https://0a1.apig.ap-southeast-1.huaweicloudapis.com/v1/infers/x", "ap-southeast-1"),
        ("http://1.vpc.cn-shanghai.pai-eas.aliyuncs.com/api", "cn-shanghai"),
        ("https://iam.eu-de.otc.t-systems.com", "eu-de"),
        ("https://api.openai.com/v1", ""),
        ("http://127.0.0.1:8000", ""),
        ("not a url", ""),
    ],
)
def test_the_region_is_that_of_the_host(url: str, region: str) -> None:
    assert region_of(url) == region
