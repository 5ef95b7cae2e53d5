"""The study on the web: people enrol, consent, are asked and kept safe, and the same report comes of it."""
