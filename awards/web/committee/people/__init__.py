"""The administrator's pages: who has an account, and what they may do."""
