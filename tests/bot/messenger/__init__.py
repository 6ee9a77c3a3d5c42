"""What is checked of Facebook's formats and the way to its Graph API."""
