"""What several faces show alike: questionnaires made from instruments and forms."""
