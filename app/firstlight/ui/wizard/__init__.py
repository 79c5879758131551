"""The New Service wizard."""
