"""VENDORS: who runs a Service, and the limits that are usual there (VENDORS §3.3, §3.5, §5.4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from firstlight.model.channels import channel_kind
from firstlight.model.service import Channel, Limits, Service
from firstlight.texts import N_

_NO_LIMITS = Limits(body_bytes=0, time_s=0, one_file=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One line of the table."""

    kind: str
    """The word in files: never changes."""
    label: str
    """Marked for translation."""
    limits: Limits = field(default=_NO_LIMITS)
    """Of its gateway."""
    credential: str = "none"
    """The kind of authorization that is usual there."""


VENDORS = (
    Vendor(
        kind="modelarts",
        label=N_("Huawei ModelArts"),
        limits=Limits(body_bytes=12 * 1024 * 1024, time_s=40, one_file=True),
        credential="x-auth-token",
    ),
    Vendor(kind="modelarts-v2", label=N_("Huawei ModelArts, new generation"), credential="bearer"),
    Vendor(kind="maas", label=N_("Huawei ModelArts MaaS"), credential="bearer"),
    Vendor(
        kind="pangu",
        label=N_("Huawei Pangu"),
        limits=Limits(body_bytes=12 * 1024 * 1024, time_s=0, one_file=False),
        credential="x-auth-token",
    ),
    Vendor(
        kind="eas",
        label=N_("Alibaba PAI-EAS"),
        limits=Limits(body_bytes=1024 * 1024, time_s=5, one_file=False),
        credential="eas-token",
    ),
    Vendor(kind="openai", label=N_("OpenAI-compatible"), credential="bearer"),
    Vendor(kind="kserve", label=N_("KServe, Triton")),
    Vendor(kind="tf-serving", label=N_("TensorFlow Serving")),
    Vendor(kind="torchserve", label=N_("TorchServe")),
    Vendor(kind="other", label=N_("Other")),
)


def vendor(kind: str) -> Vendor:
    """Return the entry of this kind; one that a newer version wrote is taken as any other vendor."""
    return next((entry for entry in VENDORS if entry.kind == kind), VENDORS[-1])


def limits_of(service: Service, channel: Channel | None) -> Limits:
    """Return what counts on `channel`, without None: what the service's page says, else what is usual.

    The usual limits are those of the vendor's shared gateway: past it there are none.
    """
    shared = channel is not None and channel_kind(channel.kind).gateway and channel.kind != "dedicated-gateway"
    usual = vendor(service.vendor).limits if shared else _NO_LIMITS
    own = service.limits
    return Limits(
        body_bytes=usual.body_bytes if own.body_bytes is None else own.body_bytes,
        time_s=usual.time_s if own.time_s is None else own.time_s,
        one_file=usual.one_file if own.one_file is None else own.one_file,
    )
