"""Actions of the survey, who may call them, and what they take."""
