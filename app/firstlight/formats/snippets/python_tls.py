"""The lines of a script that make its TLS context: whom it trusts, and what it shows of itself."""

from __future__ import annotations

from firstlight.formats.snippets.outgoing import Outgoing, OwnCertificate
from firstlight.formats.snippets.python_code import call, literal, text

_FROM_PKCS12 = """with tempfile.TemporaryDirectory() as folder:  # ssl reads PEM files only; this one is gone at once
    pem, password = pathlib.Path(folder, "client.pem"), secrets.token_hex().encode()
    shape = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    data = key.private_bytes(*shape, serialization.BestAvailableEncryption(password))
    pem.write_bytes(data + b"".join(one.public_bytes(shape[0]) for one in [certificate, *above]))
    context.load_cert_chain(pem, password=password)
""".splitlines()


def is_secure(request: Outgoing) -> bool:
    """Tell whether the service is reached over TLS."""
    return request.url.lower().startswith(("https://", "wss://"))


def context_lines(request: Outgoing) -> list[str]:
    """Return the lines that define `context`."""
    settings = request.settings
    trusted = f"cafile={literal(settings.ca_file)}" if settings.verify_tls and settings.ca_file else ""
    lines = [f"context = ssl.create_default_context({trusted})"]
    if not settings.verify_tls:
        lines += ["context.check_hostname = False", "context.verify_mode = ssl.CERT_NONE"]
    return lines + (_own(request, request.certificate) if request.certificate else [])


def _own(request: Outgoing, own: OwnCertificate) -> list[str]:
    passphrase = text(request, own.passphrase) if own.passphrase else ""
    if own.pkcs12:
        opened = [f"pathlib.Path({literal(own.file)}).read_bytes()", f"{passphrase}.encode()" if passphrase else "None"]
        return [*call("key, certificate, above = pkcs12.load_key_and_certificates", opened), *_FROM_PKCS12]
    paths = [literal(path) for path in (own.file, own.key_file) if path]
    return call("context.load_cert_chain", [*paths, *([f"password={passphrase}"] if passphrase else [])])
