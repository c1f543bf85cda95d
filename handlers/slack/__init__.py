"""Slack as we reach it: the clients, who and where things are there, Socket Mode and the app's manifest."""
