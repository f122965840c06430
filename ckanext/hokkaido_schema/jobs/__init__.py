"""What happens after an action: mails, through the outbox."""
