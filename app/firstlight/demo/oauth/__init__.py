"""The OAuth 2.0 server of the demo: three grants, renewal, and a service behind it (RFC 6749, 7636)."""
