"""What the researcher's pages promise."""
