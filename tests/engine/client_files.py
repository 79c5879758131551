"""Everything that a client with a certificate may have lying about: PEM and PKCS#12, open and encrypted."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import load_pem_x509_certificate
from servers import Authority

from firstlight.model.client_certificate import ClientCertificate

PASSPHRASE = "correct horse"


class Files:
    """Everything that one client may have lying about."""

    def __init__(self, folder: Path, authority: Authority, name: str = "client", days: int = 30) -> None:
        self.key, self.certificate = authority.issue(name, days=days)
        self._authority = load_pem_x509_certificate(authority.path.read_bytes())
        self._folder, self._name = folder, name

    def write(self, ending: str, *parts: bytes) -> str:
        path = self._folder / f"{self._name}{ending}"
        path.write_bytes(b"".join(parts))
        return str(path)

    def cert_pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, passphrase: str = "", *, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
        return self.key.private_bytes(Encoding.PEM, form, _locked(passphrase))

    def pkcs12(self, passphrase: str = "") -> bytes:
        return serialize_key_and_certificates(
            b"client", self.key, self.certificate, [self._authority], _locked(passphrase)
        )


def _locked(passphrase: str) -> KeySerializationEncryption:
    return BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()


def one_file(files: Files) -> ClientCertificate:
    parameters = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    return ClientCertificate(host="*", file=files.write(".pem", parameters, files.key_pem(), files.cert_pem()))


def two_files(files: Files) -> ClientCertificate:
    return ClientCertificate(
        host="*", file=files.write(".crt", files.cert_pem()), key_file=files.write(".key", files.key_pem())
    )


def encrypted_key(files: Files) -> ClientCertificate:
    file, key_file = files.write(".crt", files.cert_pem()), files.write(".key", files.key_pem(PASSPHRASE))
    return ClientCertificate(host="*", file=file, key_file=key_file, passphrase=PASSPHRASE)


def old_encrypted_key(files: Files) -> ClientCertificate:
    key = files.key_pem(PASSPHRASE, form=PrivateFormat.TraditionalOpenSSL)
    file = files.write(".pem", files.cert_pem(), key)
    return ClientCertificate(host="*", file=file, passphrase=PASSPHRASE)


def pkcs12(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=files.write(".p12", files.pkcs12(PASSPHRASE)), passphrase=PASSPHRASE)


def open_pkcs12(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=files.write(".pfx", files.pkcs12()))
