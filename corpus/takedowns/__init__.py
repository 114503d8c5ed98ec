"""What is not to be shown, and how it is taken out."""
