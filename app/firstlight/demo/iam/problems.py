"""The errors of IAM, in the two shapes that occur (VENDORS §1.4)."""

from __future__ import annotations

from http import HTTPStatus

from firstlight.demo.answers import RefusalError, refuse_json, request_id


def titled(status: int, message: str) -> RefusalError:
    """Return the shape of the identity service itself: `{"error": {message, code, title}}`."""
    error = {"message": message, "code": status, "title": HTTPStatus(status).phrase}
    return refuse_json(status, {"error": error}, _ids())


def coded(status: int, code: str, message: str) -> RefusalError:
    """Return the shape of the gateway before it: `{"error_msg", "error_code"}`."""
    return refuse_json(status, {"error_msg": message, "error_code": code}, _ids())


def missing(path: str) -> RefusalError:
    """Return the refusal for a property that is not there."""
    return coded(400, "IAM.0072", f"'{path}' is a required property.")


def bad_value(path: str, reason: str) -> RefusalError:
    """Return the refusal for a property with a value that cannot be used."""
    return coded(400, "IAM.0073", f"Invalid input for field '{path}'. {reason}")


def _ids() -> dict[str, str]:
    number = request_id()
    return {"X-Request-Id": number, "X-IAM-Trace-Id": f"token_{number}"}
