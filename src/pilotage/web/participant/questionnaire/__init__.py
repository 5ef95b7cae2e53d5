"""A questionnaire or form, as a participant, or a colleague whom they asked, answers it."""
