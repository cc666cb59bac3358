"""Base templates, tokens, components, language and type size; knows no module of the work."""
