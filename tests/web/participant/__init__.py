"""What a participant meets, on a phone."""
