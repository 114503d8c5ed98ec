"""What a question asks for, what it is about, and where to look."""
