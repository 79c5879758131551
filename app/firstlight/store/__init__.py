"""What First Light keeps: workspaces on disk, settings, secrets. Blocking work; the faces call it in a thread."""
