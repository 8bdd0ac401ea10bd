"""The reading room's pages for people: rendered here, in Chinese and English, without a script
that they need. Views are pure: what a reader of the archive gives, and what was asked, to a Leaf."""
