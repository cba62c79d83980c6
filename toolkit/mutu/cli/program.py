"""The shape of the program: nouns that hold verbs, their usage line and help in the language in use.

Typer speaks English and lets few of its words be translated, so they are written here. Texts handed to it (`help`,
`metavar`) are only marked with `N_` and translated when they are shown, since a module is imported once, in whatever
language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from mutu.cli.usage import UsageError, explained, named, value_of
from mutu.errors import N_, SettingError, Stopped
from mutu.locale import _

Function = TypeVar("Function", bound=Callable[..., None])

# options that several nouns have
Json = Annotated[bool, typer.Option("--json", help=N_("One JSON document instead of text"))]
Workspace = Annotated[
    str | None,
    typer.Option("--dir", metavar=N_("FOLDER"), help=N_("Workspace (else MUTU_HOME, else mutu-kerja in this folder)")),
]


class Noun(typer.Typer):
    """A group of commands: the program itself, or what `mutu NOUN` stands before."""

    def __init__(self, help: str) -> None:
        super().__init__(
            cls=_Group, help=help, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
        )

    def verb(self, help: str, name: str | None = None) -> Callable[[Function], Function]:
        """Make a function a command; it is called as the function is unless `name` is given."""
        return self.command(name, cls=_Command, help=help)


class _Spoken:
    """What commands and groups have in common: how their help is written."""

    help: str | None
    params: list[Any]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc,no-any-return]
        except UsageError as error:
            raise explained(error, ctx) from None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [_("[OPTIONS]"), *(_optional(param) for param in _arguments(self.params))]

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help or ""))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        shown: list[Any] = self.get_params(ctx)  # type: ignore[attr-defined]  # typer's, with --help at its end
        _section(formatter, _("Arguments:"), [(value_of(param), _explained(param)) for param in _arguments(shown)])
        options = [param for param in shown if param.param_type_name == "option"]
        _section(formatter, _("Options:"), [(named(param), _explained(param)) for param in options])

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = N_("Show this help.")
        return option


class _Command(_Spoken, TyperCommand):
    allow_extra_args = True  # they are refused below, in our own words

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        extra = super().parse_args(ctx, args)
        if extra:
            raise SettingError(
                N_("«{words}» is too much for `{command}`. Put a name that has spaces into quotation marks."),
                words=" ".join(extra), command=ctx.command_path,
            )  # fmt: skip
        return extra

    def invoke(self, ctx: Any) -> Any:
        """Typer ends without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Stopped from None


class _Group(_Spoken, TyperGroup):
    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*super().collect_usage_pieces(ctx), _("COMMAND …")]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not set(args) - {"--"}:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands:
            raise SettingError(
                N_("There is no command «{name}» behind `{command}`. There are: {known}."),
                name=args[0], command=ctx.command_path, known=", ".join(self.commands),
            )  # fmt: skip
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        _section(formatter, _("Commands:"), [(name, _(each.help or "")) for name, each in self.commands.items()])

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _optional(param: Any) -> str:
    return value_of(param) if param.required else f"[{value_of(param)}]"


def _arguments(params: Iterable[Any]) -> list[Any]:
    return [param for param in params if param.param_type_name == "argument"]


def _explained(param: Any) -> str:
    """The help of a parameter, and whether it must be given."""
    must = _("(required)")  # a text inside an f-string is not found
    return f"{_(param.help)} {must}" if param.required else _(param.help)


def _section(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        formatter.write_paragraph()
        formatter.write_text(heading)
        with formatter.indentation():
            formatter.write_dl(rows)
