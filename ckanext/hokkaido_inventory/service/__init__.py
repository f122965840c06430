"""What happens inside the survey: functions that take a session and never commit."""
