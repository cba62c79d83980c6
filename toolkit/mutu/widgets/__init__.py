"""What is touched: one model a page, one render module a view, its HTML written on the server.

Its modules:

    desk       answers the page's messages; the only door from a browser into Python
    page       the widget that carries a desk, in JupyterLab and in our Voila template alike
    bundle     scripts and styles, put together from `static`
    markup     the templates of `templates`, every value escaped
    warm       imports what a page needs while it is being read
"""
