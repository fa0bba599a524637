"""Every row of the record and every line of the journal, for administrators to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from homeward.web.config.admin_site import ReadOnlyAdmin
from homeward.web.journal.access import visible
from homeward.web.journal.history import PERMISSION, readable
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import VIEW, Recorded, nouns

NAMES = ("name", "short_name", "headline", "question", "claim", "text", "answer")
"""Columns that say what a row is called, and that a search looks into."""
CONTENT = ("by", "by_name", "action", "noun", "code", "version", "known_on", "before", "after", "why")
WITHHELD = "not for you to see"


class RecordedAdmin(ReadOnlyAdmin):
    """Rows of one noun."""

    note = "Rows are entered, amended and withdrawn on the pages of the record, where each change has its line."
    list_display = ("code", "title", "known_on", "version", "withdrawn")

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Return the columns that a search looks into."""
        columns = {field.name for field in self.model._meta.concrete_fields if not field.is_relation}
        return ["code", *(name for name in NAMES if name in columns)]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may read the record."""
        return request.user.has_perm(VIEW)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may read the record."""
        return request.user.has_perm(VIEW)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that this administrator may see; those of families and genetics only if entitled."""
        return visible(request.user, self.model)

    def view_on_site(self, obj: Recorded) -> str:
        """Return where its page is."""
        return obj.get_absolute_url()


class Lines(ChangeList):
    """A page of lines, with nothing in those that tell of something that is not for this administrator."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page."""
        super().get_results(request)
        self.result_list = _without_what_is_withheld(request, list(self.result_list))


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """The lines of the journal."""

    note = "Nobody changes or removes a line, administrators included: 'homeward verify' would name it."
    list_display = ("number", "at", "by_name", "action", "code", "why")
    ordering = ("-number",)
    search_fields = ("number",)
    search_help_text = (
        "The number of a line, a row (meeting:panmunjom-2018-07-12), an action (meeting.amended) or a name."
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the class of the list."""
        return Lines

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may read the journal."""
        return request.user.has_perm(PERMISSION)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may read the journal."""
        return request.user.has_perm(PERMISSION)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Entry | None:
        """Return a line, emptied if it tells of something that is not for this administrator."""
        entry = super().get_object(request, object_id, from_field)
        return None if entry is None else _without_what_is_withheld(request, [entry])[0]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find lines by what has an index, as there may be millions."""
        term = search_term.strip()
        noun, colon, code = term.partition(":")
        if not term:
            return queryset, False
        if term.isdecimal():
            return queryset.filter(number=int(term)), False
        if colon:
            return queryset.filter(noun=noun, code=code), False
        return queryset.filter(**{"action" if "." in term else "by_name": term}), False


def _without_what_is_withheld(request: HttpRequest, entries: list[Entry]) -> list[Entry]:
    """Lines as somebody may see them."""
    for line in readable(request.user, entries):
        if line.withheld:
            for column in Entry._meta.concrete_fields:
                if column.name in CONTENT:
                    setattr(line.entry, column.attname, None if column.null else WITHHELD)
    return entries


for _model in nouns().values():
    admin.site.register(_model, RecordedAdmin)
