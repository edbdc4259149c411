"""Running the application for real: the web server's settings, and web with worker in one."""
