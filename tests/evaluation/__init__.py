"""How well Amends judges: sets of examples, the heads learnt from them, and the figures of both triage and replies."""
