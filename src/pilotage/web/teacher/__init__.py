"""What a teacher sees: their groups, the run-sheet, attendance, pairs, the debrief."""
