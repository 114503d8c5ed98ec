"""The minutes, decisions and papers that councils publish through ModernGov, fetched into a folder of documents.

Read ``fetching.py`` first: it is the order of the steps.
"""
