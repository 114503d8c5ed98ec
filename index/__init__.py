"""Built once, searched many times: from documents to an index on disk, and from a question to hits."""
