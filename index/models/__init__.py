"""The models: what turns texts into vectors, and reads a question together with a passage."""
