"""The web application: a chat page, the documents it quotes, and the same answers as JSON."""
