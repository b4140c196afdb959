"""Which addresses are one page, and which articles are copies of one another."""
