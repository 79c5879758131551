"""The demo services: a small cloud on loopback, so that everything can be tried with no account.

Each sub-package is one service and offers `routes(world)`; `application.SERVICES` is the table of them.
The services compute their answers and really check what they are sent; nothing here is canned.
"""
