"""Letters: what is due to whom, decided when it is sent, and never twice."""
