"""What whoever runs the service sees of it: logs, figures and health."""
