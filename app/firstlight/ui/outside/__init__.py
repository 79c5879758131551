"""What happens to the workspace's files outside of this window: noticing it, and asking what to do about it."""
