"""The types of record that come with the application."""

from awards.sdk import RecordType, hookimpl

from .types import INNOVATIONS, PANEL_SCORES, PARTNERS, REGULATIONS


@hookimpl
def awards_register_records() -> tuple[RecordType, ...]:
    return (PARTNERS, REGULATIONS, INNOVATIONS, PANEL_SCORES)
