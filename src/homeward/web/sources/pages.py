"""The pages of this app's nouns."""

from __future__ import annotations

from homeward.web.pages.noun_page import NounPage
from homeward.web.sources.conflict_page import conflict_page
from homeward.web.sources.document_page import document_page
from homeward.web.sources.series_page import series_page
from homeward.web.sources.statement_page import statement_page

PAGES: dict[str, NounPage] = {
    "document": NounPage("sources/document.html", asked=document_page, list_page="sources:documents"),
    "statement": NounPage("sources/statement.html", statement_page),
    "series": NounPage("sources/series.html", asked=series_page),
    "conflict": NounPage("sources/conflict.html", conflict_page, list_page="sources:conflicts"),
}
