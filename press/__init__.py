"""The words of the trade: papers, issues, pages, articles, captures and what can go wrong.

Pure: imports the standard library only. docs/glossary.md gives each word its one meaning.
"""
