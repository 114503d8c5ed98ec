"""How fast it is: scripts that measure, and the table they wrote."""
