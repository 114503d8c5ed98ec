"""The index on Milvus: the same search, for more passages than one machine holds."""
