"""Services that are spoken to over a WebSocket."""
