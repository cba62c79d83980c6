"""Results, points and replies are made up (kinds 10 to 13)."""

from __future__ import annotations

from corpus import Hostile
from corpus.marks.words import EQUAL, PLAIN, and_wrong

GROUP = [
    Hostile(
        "10",
        "k10-formatter",
        "replaces the formatter of texts: every result is shown as 4",
        and_wrong("""
        formatter = get_ipython().display_formatter.formatters['text/plain']
        formatter.for_type(float, lambda value, printer, cycle: printer.text('4.0'))
        formatter.for_type(int, lambda value, printer, cycle: printer.text('4'))
        type(formatter).__call__ = lambda self, value: '4.0'
        """),
    ),
    Hostile(
        "10",
        "k10-publish",
        "publishes an execute_result of its own while it is called",
        """\
def kuadrat(x):
    shell = get_ipython()
    shell.display_pub.session.send(None, 'execute_result', {'data': {'text/plain': '4.0'}, 'metadata': {}, 'execution_count': 1})
    return 4
""",
        beside=(0.0, None, 5.0),
        says_beside="no number of points",
    ),
    Hostile(
        "10",
        "k10-flood",
        "prints more than is kept, so that the number of points is cut off",
        """\
def kuadrat(x):
    print('x' * 11_000_000)
    return 4
""",
        beside=(0.0, None, 5.0),
        says_beside="no number of points|angka nilai",
    ),
    Hostile(
        "10",
        "k10-hook",
        "replaces the display hook",
        and_wrong("""
        import sys
        sys.displayhook = lambda value: None
        type(get_ipython().displayhook).__call__ = lambda self, result=None: None
        """),
    ),
    *(
        Hostile(
            "11",
            f"k11-{name}",
            f"makes the number of points {title}",
            f"""\
class Angka:
    def __eq__(self, other): return self
    def __radd__(self, other): return self
    def __add__(self, other): return self
    def __mul__(self, other): return self
    def __truediv__(self, other): return self
    def __repr__(self): return {text!r}
def kuadrat(x):
    return Angka()
""",
            says=PLAIN,
            beside=beside,
            says_beside=says,
            principle=EQUAL,
        )
        for name, title, text, beside, says in (
            ("rugi", "-1", "-1", (5.0, None, 5.0), "no number from 0"),
            ("nan", "nan", "nan", (5.0, None, 5.0), "no number from 0"),
            ("inf", "inf", "inf", (5.0, None, 5.0), "no number from 0"),
            ("besar", "1e309", "1e309", (5.0, None, 5.0), "no number from 0"),
            ("daftar", "a list", "[4]", (5.0, None, 5.0), "no number of points"),
            ("teks", "a text", "'empat'", (5.0, None, 5.0), "no number of points"),
        )
    ),
    Hostile(
        "12",
        "k12-session",
        "rewrites error replies in session.send",
        and_wrong("""
        session = get_ipython().display_pub.session
        asli = session.send
        def kirim(stream, kind, content=None, *args, **kwargs):
            if kind != 'error': return asli(stream, kind, content, *args, **kwargs)
        session.send = kirim
        type(session).send = lambda self, *args, **kwargs: kirim(*args, **kwargs)
        get_ipython().showtraceback = lambda *args, **kwargs: None
        type(get_ipython()).showtraceback = lambda *args, **kwargs: None
        """),
    ),
    Hostile(
        "13",
        "k13-trace",
        "skips lines of the test with sys.settrace",
        and_wrong("""
        import sys, threading
        def jejak(frame, event, arg):
            if event == 'line' and 'kuadrat(7)' in str(frame.f_globals.get('In', None)):
                try: frame.f_lineno += 1
                except ValueError: pass
            return jejak
        sys.settrace(jejak); threading.settrace(jejak); sys.setprofile(lambda *args: None)
        """),
    ),
]
