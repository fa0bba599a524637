"""The commands of the record: prepare it, serve it, look after its users."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from homeward.web.accounts.roles import Role
from homeward.web.config.storage import data_folder, prepare_folder

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Folder of the database and files. Default: the environment's HOMEWARD_DATA, or var here."
    ),
]
NameArgument = Annotated[str, typer.Argument(help="The name to sign in with.")]

user = typer.Typer(help="Add a user, or give one a new password.", no_args_is_help=True)


def init(
    data: DataOption = None,
    example: Annotated[bool, typer.Option(help="Record the worked example, which is made-up data.")] = True,
) -> None:
    """Prepare the record: database, roles, first user, worked example. Running it again loses nothing."""
    folder = _choose_folder(data)
    prepare_folder(folder)
    _start_django()
    from homeward.web.config import preparation

    preparation.migrate()
    first = preparation.prepare_first_user(folder)
    typer.echo(f"The record in {folder} is ready.")
    if first.new_password is not None:
        typer.echo(f"Sign in as {preparation.FIRST_USER} with the password {first.new_password}")
        typer.echo(f"It is shown only now, and kept in {first.file}. Change it after signing in.")
    elif first.file is not None:
        typer.echo(_where_the_first_password_is(first.file))
    if example:
        analysis = preparation.record_example()
        typer.echo(f"It holds the worked example, which is made-up data: {analysis.title}")


def serve(
    data: DataOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
) -> None:
    """Serve the record to web browsers until it is stopped with Ctrl+C."""
    folder = _open_record(data)
    from homeward.web.config.preparation import first_sign_in

    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    typer.echo(f"Homeward is at http://{address}/ (stop it with Ctrl+C).")
    first = first_sign_in(folder)
    typer.echo(_where_the_first_password_is(first.file) if first.file else "Sign in with your account.")
    if host not in LOCAL_HOSTS and os.environ.get("HOMEWARD_HTTPS") != "1":
        typer.echo(
            "Other computers can reach this address, and what they send, passwords included, is not encrypted. "
            "Put it behind a server with TLS and set HOMEWARD_HTTPS=1.",
            err=True,
        )
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:homeward.web.config.server", "--bind", address]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted, and every part of the command is ours


@user.command("add")
def add_user(
    name: NameArgument,
    role: Annotated[Role, typer.Option(case_sensitive=False, help="What the user may do.")],
    data: DataOption = None,
) -> None:
    """Add a user with a generated password, which is shown once."""
    _open_record(data)
    from homeward.web.accounts import actions

    password = actions.generate_password()
    actions.add_user(name, role, password)
    typer.echo(f"Added {name} as {role.value}.")
    _show_password(password)


@user.command("password")
def replace_password(name: NameArgument, data: DataOption = None) -> None:
    """Give a user a new generated password, which is shown once; open sessions of that user end."""
    _open_record(data)
    from homeward.web.accounts import actions

    password = actions.generate_password()
    actions.replace_password(name, password)
    typer.echo(f"{name} has a new password and was signed out everywhere.")
    _show_password(password)


def _show_password(password: str) -> None:
    """Show a password that is kept nowhere."""
    typer.echo(f"Password: {password}")
    typer.echo("It is shown only now. Ask the person to change it after signing in.")


def _where_the_first_password_is(file: Path) -> str:
    """The sentence for a record whose first password was not changed yet."""
    return f"Sign in as analyst; the password is in {file}. Change it after signing in."


def _choose_folder(data: Path | None) -> Path:
    """The data folder asked for, made known to the settings; what is written there from now on is private."""
    os.umask(0o077)
    folder = data.absolute() if data is not None else data_folder()
    os.environ["HOMEWARD_DATA"] = str(folder)
    return folder


def _start_django() -> None:
    """Load the settings and apps, which needs the data folder to be chosen."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.web.config.settings"
    import django

    django.setup()


def _open_record(data: Path | None) -> Path:
    """Start Django on a record that was prepared, or refuse with the reason."""
    folder = _choose_folder(data)
    _start_django()
    from homeward.web.config.preparation import check_prepared

    check_prepared(folder)
    return folder
