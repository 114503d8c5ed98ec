"""Vectors: those that a build makes and keeps, and the search for the nearest."""
