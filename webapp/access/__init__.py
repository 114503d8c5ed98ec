"""Who asks, and what they may therefore see."""
