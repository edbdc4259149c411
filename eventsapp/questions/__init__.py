"""What can be asked, and what can be made of the answers."""
