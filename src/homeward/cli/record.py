"""The commands of the record: prepare it, serve it, look after its users."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from homeward import __version__
from homeward.core import garbage
from homeward.web.accounts.roles import Role
from homeward.web.config.database import check_database, record_place
from homeward.web.config.storage import data_folder, prepare_folder

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Folder of the database and files. Default: the environment's HOMEWARD_DATA, or var here."
    ),
]
NameArgument = Annotated[str, typer.Argument(help="The name to sign in with.")]
RolesOption = Annotated[
    list[Role], typer.Option("--role", case_sensitive=False, help="What the user may do. May be given several times.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on stdout.")]

user = typer.Typer(help="Look after users: passwords, roles, second factors, API tokens.", no_args_is_help=True)


def init(
    data: DataOption = None,
    example: Annotated[
        bool, typer.Option(help="Record the worked examples, and a second user to walk through them.")
    ] = True,
) -> None:
    """Prepare the record: database, roles, first users, worked examples. Running it again loses nothing."""
    folder = choose_folder(data)
    prepare_folder(folder)
    start_django()
    from homeward.web.config import preparation

    preparation.migrate()
    names = (preparation.FIRST_USER, preparation.SECOND_USER) if example else (preparation.FIRST_USER,)
    sign_ins = {name: preparation.prepare_user(folder, name) for name in names}
    typer.echo(f"The record in {record_place(folder)} is ready.")
    for name, first in sign_ins.items():
        if first.new_password is not None:
            typer.echo(f"Sign in as {name} with the password {first.new_password}")
            typer.echo(f"It is shown only now, and kept in {first.file}. Change it after signing in.")
        elif first.file is not None:
            typer.echo(_where_a_first_password_is(name, first.file))
    if example:
        from homeward.web.config.examples import record_examples

        typer.echo("It holds worked examples:")
        for example_title in record_examples():
            typer.echo(f"  {example_title}")


def serve(
    data: DataOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
) -> None:
    """Serve the record to web browsers until it is stopped with Ctrl+C."""
    folder = open_record(data)
    from homeward.web.config.preparation import SIGN_IN_FILES, first_sign_in

    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    typer.echo(f"Homeward is at http://{address}/ (stop it with Ctrl+C).")
    sign_ins = {name: first_sign_in(folder, name).file for name in SIGN_IN_FILES}
    said = [_where_a_first_password_is(name, file) for name, file in sign_ins.items() if file]
    typer.echo("\n".join(said or ["Sign in with your account."]))
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
def add_user(name: NameArgument, role: RolesOption, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Add a user with a generated password, which is shown once."""
    open_record(data)
    from homeward.web.accounts import actions
    from homeward.web.accounts.documents import account_document

    password = actions.generate_password()
    added = actions.add_user(name, role, password)
    if as_json:
        _print_json(user=account_document(added), password=password)
        return
    typer.echo(f"Added {added.username} as {', '.join(added.roles)}.")
    _show_password(password)


@user.command("list")
def list_users(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List all users with their roles and second factors."""
    open_record(data)
    from homeward.web.accounts.documents import account_document
    from homeward.web.accounts.models import User

    users = User.objects.order_by("username").prefetch_related("groups")
    documents = [account_document(each) for each in users]
    if as_json:
        _print_json(users=documents)
        return
    for each in documents:
        state = "" if each["active"] else " (closed)"
        protection = ", ".join(["password", *each["second_factors"]])
        typer.echo(f"{each['name']}{state}: {', '.join(each['roles']) or 'no role'}. Signs in by {protection}.")


@user.command("password")
def replace_password(name: NameArgument, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Give a user a new generated password, which is shown once; open sessions of that user end."""
    open_record(data)
    from homeward.web.accounts import actions
    from homeward.web.accounts.documents import account_document

    password = actions.generate_password()
    document = account_document(actions.replace_password(name, password))
    if as_json:
        _print_json(user=document, password=password)
        return
    typer.echo(f"{document['name']} has a new password and was signed out everywhere.")
    _show_password(password)
    if document["tokens"]:
        typer.echo(f"API tokens that still work: {document['tokens']}. Their owner can revoke them after signing in.")


@user.command("roles")
def replace_roles(name: NameArgument, role: RolesOption, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Give a user these roles and no others."""
    open_record(data)
    from homeward.web.accounts import actions
    from homeward.web.accounts.documents import account_document

    changed = actions.replace_roles(name, role)
    if as_json:
        _print_json(user=account_document(changed))
    else:
        typer.echo(f"{changed.username} is now {', '.join(changed.roles)}.")


@user.command("reset-mfa")
def remove_second_factors(name: NameArgument, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Remove authenticator app, passkeys and recovery codes of a user who has lost them."""
    open_record(data)
    from homeward.web.accounts import actions
    from homeward.web.accounts.documents import account_document

    changed = actions.remove_second_factors(name)
    if as_json:
        _print_json(user=account_document(changed))
    else:
        typer.echo(f"{changed.username} signs in by password alone now. Ask them to add a second factor again.")


@user.command("token")
def create_token(
    name: NameArgument,
    token_name: Annotated[str, typer.Option("--name", help="What the token is for.")],
    days: Annotated[int, typer.Option(help="How long it works, at most 365.")] = 90,
    write: Annotated[bool, typer.Option("--write", help="Let it change the record too, not only read.")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Make an API token for a user, which is shown once."""
    open_record(data)
    from homeward.web.accounts import actions, tokens
    from homeward.web.accounts.documents import account_document, token_document
    from homeward.web.accounts.models import ApiToken

    owner = actions.find_user(name)
    scope = ApiToken.Scope.READ_AND_WRITE if write else ApiToken.Scope.READ
    token, raw = tokens.create_token(owner, token_name, days=days, scope=scope)
    if as_json:
        _print_json(user=account_document(owner), token=token_document(token), secret=raw)
        return
    typer.echo(f"Made the token {token.name} for {owner.username}: {scope.label}, until {token.expires_at:%Y-%m-%d}.")
    typer.echo(f"Token: {raw}")
    typer.echo("It is shown only now.")


def _print_json(**parts: Any) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps({"homeward": __version__, **parts}, indent=2, ensure_ascii=False))


def _show_password(password: str) -> None:
    """Show a password that is kept nowhere."""
    typer.echo(f"Password: {password}")
    typer.echo("It is shown only now. Ask the person to change it after signing in.")


def _where_a_first_password_is(name: str, file: Path) -> str:
    """The sentence for a first password that was not changed yet."""
    return f"Sign in as {name}; the password is in {file}. Change it after signing in."


def choose_folder(data: Path | None) -> Path:
    """The data folder asked for, made known to the settings; what is written there from now on is private."""
    check_database()
    os.umask(0o077)
    folder = data.absolute() if data is not None else data_folder()
    os.environ["HOMEWARD_DATA"] = str(folder)
    return folder


def start_django() -> None:
    """Load the settings and apps, which needs the data folder to be chosen."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.web.config.settings"
    import django

    with garbage.searched_later():
        django.setup()


def open_record(data: Path | None) -> Path:
    """Start Django on a record that was prepared, or refuse with the reason."""
    folder = choose_folder(data)
    start_django()
    from homeward.web.config.preparation import check_prepared

    check_prepared(folder)
    return folder
