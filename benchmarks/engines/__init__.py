"""What a person might search with instead of our index, each engine in a module of its own, and ours among them."""
