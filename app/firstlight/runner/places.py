"""Names the field in which something went wrong, in the words of the window."""

from __future__ import annotations

from firstlight.auth import AuthMethod
from firstlight.model.service import Channel, Credential, Service
from firstlight.texts import Phrase

URL = Phrase("URL")
METHOD = Phrase("Method")
BODY = Phrase("Body")
CONNECT_TO = Phrase("Settings, Connect to")
CA_FILE = Phrase("Settings, Further authorities")
ADDRESS = Phrase("Address")
CHANNEL_CONNECT_TO = Phrase("Connect to")
CHANNEL_CA_FILE = Phrase("Further authorities")
SUBPROTOCOLS = Phrase("Settings, Subprotocols")


def param_row(name: str) -> Phrase:
    """Name a row of the Params table."""
    return Phrase("Params, row “{name}”", name=name)


def path_variable(name: str) -> Phrase:
    """Name a row of the Path Variables table."""
    return Phrase("Path Variables, row “{name}”", name=name)


def header_row(name: str) -> Phrase:
    """Name a row of the Headers table."""
    return Phrase("Headers, row “{name}”", name=name)


def part_row(name: str) -> Phrase:
    """Name a row of a form: form-data or x-www-form-urlencoded."""
    return Phrase("Body, row “{name}”", name=name)


def message_named(name: str) -> Phrase:
    """Name a message of a WebSocket."""
    return Phrase("Message “{name}”", name=name) if name else Phrase("Message")


def authorization_field(method: AuthMethod, field_name: str) -> Phrase:
    """Name a field of an authorization by its label, which METHODS has marked for translation."""
    label = next((field.label for field in method.fields if field.name == field_name), field_name)
    return Phrase("Authorization, {field}", field=Phrase(label))


def of_service(service: Service, field: Phrase) -> Phrase:
    """Name a field on the page of a service."""
    return Phrase("Service “{service}”, {field}", service=service.name, field=field)


def of_channel(service: Service, channel: Channel, field: Phrase) -> Phrase:
    """Name a field of a channel."""
    return Phrase(
        "Service “{service}”, channel “{channel}”, {field}", service=service.name, channel=channel.name, field=field
    )


def of_credential(service: Service, credential: Credential, field: Phrase) -> Phrase:
    """Name a field of a credential."""
    return Phrase(
        "Service “{service}”, credential “{credential}”, {field}",
        service=service.name,
        credential=credential.name,
        field=field,
    )
