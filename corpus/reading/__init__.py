"""Readers: one module a file format, each from a file to its canonical text and blocks."""
