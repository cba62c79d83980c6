"""What typer says about wrong usage, in one sentence of ours that ends in what to do."""

from __future__ import annotations

from typing import Any

import typer

from mutu.errors import N_, SettingError
from mutu.locale import _

# Base of every error of usage. typer makes only this one of its kinds public, and the copy of click inside it is
# private, so the kinds are told apart by their names, which are click's.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def explained(error: Any, ctx: Any) -> SettingError:
    """The error of ours that says the same as one of typer's about the command of `ctx`; exit code 2 as there."""
    explain = _KINDS.get(type(error).__name__, _unclear)
    return explain(error, ctx)


def named(param: Any) -> str:
    """A parameter as it is typed: FILE, --json, --by COLUMN."""
    if param.param_type_name == "argument":
        return value_of(param)
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {value_of(param)}"


def value_of(param: Any) -> str:
    """What stands for the value of a parameter: FILE, NUMBER."""
    return _(param.metavar)


def _unclear(_error: Any, ctx: Any) -> SettingError:
    return SettingError(N_("`{command}` cannot be used like this. See `{command} --help`."), command=ctx.command_path)


def _no_such_option(error: Any, ctx: Any) -> SettingError:
    if error.possibilities:
        return SettingError(
            N_("There is no option {option}. Perhaps you mean {known}; see `{command} --help`."),
            option=error.option_name, known=", ".join(error.possibilities), command=ctx.command_path,
        )  # fmt: skip
    return SettingError(
        N_("There is no option {option}. See `{command} --help`."),
        option=error.option_name, command=ctx.command_path,
    )  # fmt: skip


def _missing(error: Any, ctx: Any) -> SettingError:
    return SettingError(
        N_("{name} is missing: {help}. See `{command} --help`."),
        name=named(error.param), help=_(error.param.help), command=ctx.command_path,
    )  # fmt: skip


def _bad_option(error: Any, ctx: Any) -> SettingError:
    """An option that lacks its value, or one that takes none and was given one."""
    option = next(param for param in ctx.command.get_params(ctx) if error.option_name in param.opts)
    if option.is_flag:
        return SettingError(N_("{option} takes no value. Leave out what follows it."), option=error.option_name)
    return SettingError(
        N_("The value behind {option} is missing. Write {example}; see `{command} --help`."),
        option=error.option_name, example=named(option), command=ctx.command_path,
    )  # fmt: skip


def _bad_value(error: Any, ctx: Any) -> SettingError:
    return SettingError(
        N_("The value behind {option} is not a whole number. Write {example}; see `{command} --help`."),
        option=", ".join(error.param.opts), example=named(error.param), command=ctx.command_path,
    )  # fmt: skip


_KINDS = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _bad_option,
    "BadParameter": _bad_value,
}
