"""One person's platform: the workspace, `mutu start`, the landing page, backup and doctor.

`workspace` is the folder, `instance` says who is using it, `jupyter` and `server` are the Jupyter Server,
`pages` keeps the Voila process alive, `landing` is the page with the three doors, `start` puts them together.
"""
