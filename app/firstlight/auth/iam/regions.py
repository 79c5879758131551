"""The regions that have an IAM of their own (VENDORS §1.3)."""

from __future__ import annotations

GLOBAL_ENDPOINT = "https://iam.myhuaweicloud.com"
REGIONS = (
    "cn-north-1", "cn-north-2", "cn-north-4", "cn-north-9", "cn-north-12",
    "cn-east-2", "cn-east-3", "cn-east-4", "cn-east-5",
    "cn-south-1", "cn-south-2", "cn-southwest-2",
    "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
    "af-south-1", "sa-brazil-1", "la-south-2", "la-north-2", "na-mexico-1", "eu-west-0",
    "my-kualalumpur-1", "ru-moscow-1", "me-east-1", "ae-ad-1", "tr-west-1",
)  # fmt: skip


def endpoint_of(region: str) -> str:
    """Return the endpoint of a region."""
    return f"https://iam.{region}.myhuaweicloud.com"


ENDPOINTS = (GLOBAL_ENDPOINT, *(endpoint_of(region) for region in REGIONS))
"""Offered while one types. A private cloud has its own, so any other address will do."""
