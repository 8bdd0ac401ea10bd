"""Search: one tokenizer and one query language for SQLite and PostgreSQL, with the same results.

An article matches a term when the folded term is part of the folded text of one of the fields
asked for: never by words, and never across a field's border. Nothing here knows the catalogue,
which keeps the index up to date and marries what is found to articles: storage.catalogue.Searcher.
"""
