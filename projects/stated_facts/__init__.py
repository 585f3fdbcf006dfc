"""What the numbers of projects and their indicators state."""
