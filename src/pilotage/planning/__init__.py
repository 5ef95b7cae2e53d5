"""The next study: what its size should rest on, and how a design behaves when it is simulated."""
