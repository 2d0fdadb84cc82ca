"""The browser that gpt-oss was trained to use: search, open and find, on the web or in a folder."""
