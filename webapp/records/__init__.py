"""What the service keeps, in SQLite: problems reported, documents opened, and questions where that was chosen."""
