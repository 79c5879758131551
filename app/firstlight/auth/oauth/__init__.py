"""OAuth 2.0 (RFC 6749, 7636): how a token is asked for, and how the answers are read. Pure.

What is written and read by the letter of the standards is Authlib's (docs/adr/0035); it is imported with the first use.
"""
