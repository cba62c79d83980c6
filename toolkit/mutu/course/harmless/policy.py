"""Content security policies: what the trainer's browser refuses, whatever a page says."""

# a page of formgrader: asks its own server, shows pictures, looks as it looks; scripts are named by each page
PAGE = (
    "connect-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; frame-src 'none'; worker-src 'none'; media-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

# data and files: never a page of the server's own origin
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

# addresses that give JupyterLab its own pictures and those of notebooks; others do something when they are asked
_PICTURES = ("files", "static", "lab", "kernelspecs", "formgrader/static")


def lab(*origins: str) -> str:
    """For JupyterLab, which cleans the notebooks it shows but loads pictures from anywhere and lets forms be sent.

    Parameters
    ----------
    origins : where the server is reached, as http://HOST:PORT
    """
    own = " ".join(f"{origin}/{path}/" for origin in origins for path in _PICTURES)
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in origins)
    login = " ".join(f"{origin}/login" for origin in origins)
    return (
        f"img-src data: blob: {own}; media-src data: blob: {own}; font-src 'self' data:; "
        f"style-src 'self' 'unsafe-inline' data: blob:; connect-src 'self' data: blob: {sockets}; "
        f"frame-src 'self' data: blob:; object-src 'self' data: blob:; base-uri 'self'; form-action {login}; "
        "frame-ancestors 'self'"
    )
