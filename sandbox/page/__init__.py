"""The practice workspace in the browser: what a person sees of it, drawn, and what they do there."""
