"""A WebSocket in the window: its messages before they are sent, and both directions as they travel."""
