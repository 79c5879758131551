"""Streams of inference services: bytes to messages, messages to tokens. Sans-I/O: no sockets, no clock."""
