"""First Light: a desktop request tester that commissions AI inference services."""

__version__ = "0.1.0"
