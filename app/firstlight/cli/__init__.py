"""The command line: a face like the window, without Qt (docs/cli.md)."""
