"""Answers, results and passages as other programs read them."""
