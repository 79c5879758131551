"""The IAM endpoint of the demo: issues and verifies tokens (VENDORS §1)."""
