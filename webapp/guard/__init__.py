"""What stands before every page: turns, rates, proxies, tokens, and the headers that protect a browser."""
