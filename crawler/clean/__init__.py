"""Text to text, one rule a file; every rule is idempotent and invents no visible character."""
