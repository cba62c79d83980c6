"""The pages for people without an account: Voila in a process, at an address and with rights of its own.

Started as `python -m mutu.serve.voila --port P --workspace DIR --landing URL`. What it closes and why
stands with each part:

    app         Voila's application with our handlers instead of its own
    door        how many connections there are, and how long a request may take to come
    pages       a page: the form's HTML at once, the kernel while it is being read
    channel     the WebSocket: only the page's own visitor, only messages to the form
    gate        who may have a kernel, how many, how long
    kernels     a kernel's clean environment and private folder
    kernel      the kernel process itself
    parent      ends this process when the one that started it is gone
    statics     scripts and styles, prepared once
"""
