"""What comes between a question of checkout and its answer: other questions, corrections, doubts."""
