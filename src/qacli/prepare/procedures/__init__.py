"""What colleagues have to do, and who knows it: procedures, readings, quizzes."""
