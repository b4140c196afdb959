"""Keeps the archive of what Vietnam's Women's Union (Hội Liên hiệp Phụ nữ) and its provinces publish."""
