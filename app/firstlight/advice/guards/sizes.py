"""Guards of size: what a gateway refuses because there is too much of it (VENDORS §3.3, §3.7, §5.4)."""

from __future__ import annotations

from firstlight.advice.guards.guard import Said, Situation
from firstlight.model.request import FormPart
from firstlight.texts import Phrase

_KIB, _MIB = 1024, 1024 * 1024
_LONGEST_URL = _LONGEST_HEADER = 32 * _KIB
_LONGEST_HEAD = 128 * _KIB
_SIGNED_FOR_HUAWEI = ("SDK-HMAC", "V11-HMAC")


def body_too_large(situation: Situation) -> Said:
    """12 MB at ModelArts and API Gateway, 1 MB at the shared gateway of EAS, or what the service's page says.

    A signature of Huawei's tells its gateway behind any address (VENDORS §2.1).
    """
    most, size = situation.limits.body_bytes or 0, situation.sent.body.size_bytes
    signing = situation.sent.signing
    if not most and signing is not None and signing.algorithm.startswith(_SIGNED_FOR_HUAWEI):
        most = 12 * _MIB
    if not most or size <= most:
        return None
    limit = f"{most // _MIB} MB" if most % _MIB == 0 else f"{most:,} B"
    message = Phrase("The body has {size} bytes; the gateway takes up to {limit}.", size=f"{size:,}", limit=limit)
    if situation.is_of("eas"):
        return message, Phrase("Call the service directly in the VPC, use a queue service, or send an OSS address.")
    return message, Phrase("Send a smaller file, or go over a channel without a gateway, such as VPC high-speed.")


def several_files(situation: Situation) -> Said:
    """A service of ModelArts takes one file per request."""
    if not situation.limits.one_file or situation.request.body.kind != "form-data":
        return None
    count = sum(_files(part) for part in situation.request.body.parts)
    if count < 2:
        return None
    return (
        Phrase("The form carries {count} files; services of ModelArts take one per request.", count=count),
        Phrase("Untick the others, and send a request for each."),
    )


def _files(part: FormPart) -> int:
    return len(part.files) if part.enabled and part.kind == "file" else 0


def url_too_long(situation: Situation) -> Said:
    """32 KB at API Gateway."""
    length = len(situation.sent.url)
    if length <= _LONGEST_URL:
        return None
    return (
        Phrase("The URL has {size} bytes; the gateway takes up to 32 KB.", size=f"{length:,}"),
        Phrase("Move long parameters into the body."),
    )


def headers_too_long(situation: Situation) -> Said:
    """32 KB for one, 128 KB for all at API Gateway."""
    lengths = {name: len(name) + len(value.encode()) + 4 for name, value in situation.sent.headers}
    longest = max(lengths, key=lambda name: lengths[name], default="")
    if lengths.get(longest, 0) <= _LONGEST_HEADER and sum(lengths.values()) <= _LONGEST_HEAD:
        return None
    return (
        Phrase(
            "The header {name} has {size} bytes; the gateway takes 32 KB per header and 128 KB in all.",
            name=longest,
            size=f"{lengths[longest]:,}",
        ),
        Phrase("Get a token without its catalog: add ?nocatalog=true to the URL of IAM."),
    )
