"""Which names a cell makes and which it needs, read from its text without running it."""

from __future__ import annotations

import ast
import builtins
import symtable
from dataclasses import dataclass
from functools import cached_property

from mutu.course.nbgrader.aside import aside

BUILTINS = frozenset(vars(builtins)) | {"get_ipython", "display", "In", "Out", "exit", "quit", "_", "__", "___"}
_READS_FIRST = (ast.Assign, ast.AugAssign, ast.AnnAssign)
_DEFINES = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


# what may run a text, or what lies in a file, as a program
_RUNS_BY_NAME = {"eval", "exec", "compile", "__import__"}
_RUNS_BY_ATTRIBUTE = {"eval", "exec", "query", "read_pickle", "run_cell", "system", "getoutput", "import_module"}
_RUNS_BY_MODULE = {
    "code", "codeop", "cloudpickle", "ctypes", "dill", "doctest", "importlib", "joblib", "marshal", "pickle", "runpy",
    "shelve", "subprocess", "timeit",
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """The text of a code cell.

    Parameters
    ----------
    source : as it stands in the notebook, with magics
    """

    source: str

    @cached_property
    def python(self) -> str:
        """The text as IPython hands it to Python."""
        try:
            ast.parse(self.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass
        else:
            return self.source  # nothing of IPython's in it
        with aside("IPython"):  # of all of it only this is needed
            from IPython.core.inputtransformer2 import TransformerManager
        try:
            return str(TransformerManager().transform_cell(self.source))  # type: ignore[no-untyped-call]
        except (SyntaxError, ValueError, RuntimeError, MemoryError):
            return ""

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax; that of an empty text where it has none."""
        try:
            return ast.parse(self.python)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module([], [])

    @cached_property
    def makes(self) -> frozenset[str]:
        """Names that it binds in the notebook."""
        return frozenset(symbol.get_name() for symbol in self._symbols if symbol.is_assigned() or symbol.is_imported())

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names that it reads from the notebook, in functions too; Python's own are among them."""
        read = {symbol.get_name() for symbol in self._symbols if symbol.is_referenced()} | self._inside
        return frozenset(read - self.makes | self._read_first)

    @cached_property
    def _read_first(self) -> set[str]:
        """Names that it makes, but reads before."""
        made: set[str] = set()
        found: set[str] = set()
        for statement in self.tree.body:
            names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
            read = {name.id for name in names if isinstance(name.ctx, ast.Load)} & self.makes
            bound = {name.id for name in names if isinstance(name.ctx, ast.Store)} | _defined(statement)
            if isinstance(statement, ast.AugAssign):
                read |= bound
            found |= read - made - (set() if isinstance(statement, _READS_FIRST) else bound)
            made |= bound
        return found

    @cached_property
    def defines(self) -> str:
        """Its imports, functions and classes, to be run again; the rest could have effects."""
        parts = [part for part in self.tree.body if isinstance(part, _DEFINES)]
        return "\n".join(ast.unparse(part) for part in parts)

    @cached_property
    def runs_text(self) -> bool:
        """Whether it could run a trainee's text or file as a program."""
        nodes = list(ast.walk(self.tree))
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        modules = {name.partition(".")[0] for name in self.modules}
        return bool(names & _RUNS_BY_NAME or attributes & _RUNS_BY_ATTRIBUTE or modules & _RUNS_BY_MODULE)

    @property
    def statements(self) -> int:
        """How many statements it has."""
        return len(self.tree.body)

    @property
    def modules(self) -> frozenset[str]:
        """Modules that it imports."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
        return frozenset(found)

    @cached_property
    def _table(self) -> symtable.SymbolTable | None:
        try:
            return symtable.symtable(self.python, "cell", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    @cached_property
    def _symbols(self) -> list[symtable.Symbol]:
        return self._table.get_symbols() if self._table else []

    @cached_property
    def _inside(self) -> set[str]:
        """Names of the notebook that functions and classes of the cell read."""
        found: set[str] = set()
        waiting = list(self._table.get_children()) if self._table else []
        while waiting:
            table = waiting.pop()
            waiting += table.get_children()
            found |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        return found


def _defined(statement: ast.stmt) -> set[str]:
    """What an import, a function or a class binds."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    return set()
