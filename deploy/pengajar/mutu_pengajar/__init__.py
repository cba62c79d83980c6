"""nbgrader's source notebooks of mutu's modules, with solutions and hidden tests; `source/` beside this file."""
