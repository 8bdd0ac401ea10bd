"""The sorts of stories that a page may hold, each written from a generator."""
