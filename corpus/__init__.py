"""The documents, and how they are read: from files to citable passages."""
