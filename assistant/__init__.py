"""From a question to a cited answer; assistant/assistant.py comes first."""
