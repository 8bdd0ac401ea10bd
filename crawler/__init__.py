"""From the web to an article; knows no database.

fetch opens the sockets; parse, clean and platforms are pure; papers holds one TOML file a
newspaper; `reading` is the doorway for the pipeline.
"""
