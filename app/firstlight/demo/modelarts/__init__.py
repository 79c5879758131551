"""The ModelArts gateway of the demo and the services behind it (VENDORS §3)."""
