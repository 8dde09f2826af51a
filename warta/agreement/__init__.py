"""Two annotators and a decision: comparing annotations, adjudicating them, and measuring how far they agree."""
