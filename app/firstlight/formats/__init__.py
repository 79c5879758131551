"""Texts and Requests: our own files, commands, scripts, recordings. The table is in formats.table, loaded on demand."""
