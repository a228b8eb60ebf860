"""The kinds of candidate that come with the application."""

from awards.sdk import COMPANY, REGENCY_CITY, Kind, hookimpl


@hookimpl
def awards_register_kinds() -> tuple[Kind, ...]:
    return (COMPANY, REGENCY_CITY)
