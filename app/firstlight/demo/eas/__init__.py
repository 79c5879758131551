"""The PAI-EAS gateway of the demo (VENDORS §5)."""
