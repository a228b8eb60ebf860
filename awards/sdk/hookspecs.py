"""Every hook that a plugin may implement. All are called once, at start-up."""

from awards.sdk.aggregations import Aggregation
from awards.sdk.classifications import Classification
from awards.sdk.ladders import Ladder
from awards.sdk.markers import hookspec
from awards.sdk.records import RecordType
from awards.sdk.scales import Scale
from awards.sdk.types import (
    CertificateDesign,
    Criterion,
    Gate,
    Indicator,
    Kind,
    Program,
)


@hookspec
def awards_register_kinds() -> tuple[Kind, ...]:  # type: ignore[empty-body]
    """Return the kinds of candidate this plugin adds.

    Called first of all hooks. A kind that two plugins register with the same
    code stops the start-up and names both.
    """


@hookspec
def awards_register_indicators() -> tuple[Indicator, ...]:  # type: ignore[empty-body]
    """Return indicators that no criterion or gate reads but that belong in the data.

    Indicators of criteria and gates register themselves. One indicator may be
    registered several times as long as it is declared the same every time.
    """


@hookspec
def awards_register_classifications() -> tuple[Classification, ...]:  # type: ignore[empty-body]
    """Return the classifications this plugin adds: schemes that fill an attribute.

    An edition names the ones it goes by. They are applied when its data is locked,
    so that categories, gates and criteria see the attribute like any other.
    """


@hookspec
def awards_register_records() -> tuple[RecordType, ...]:  # type: ignore[empty-body]
    """Return the types of record this plugin adds: second tables keyed by candidate.

    Types that indicators tally come along with them; register a type that several
    plugins tally, or that people deliver before anything counts it.
    """


@hookspec
def awards_register_criteria() -> tuple[Criterion, ...]:  # type: ignore[empty-body]
    """Return the criteria this plugin adds.

    Called once, while the application starts, before any program is
    loaded. Each ``Criterion.code`` must be unique across all plugins; a
    clash stops the start-up and names both plugins.
    """


@hookspec
def awards_register_gates() -> tuple[Gate, ...]:  # type: ignore[empty-body]
    """Return the gates this plugin adds: pass/fail rules that come before points."""


@hookspec
def awards_register_scales() -> tuple[Scale, ...]:  # type: ignore[empty-body]
    """Return the scales this plugin adds: rules that turn raw values into points."""


@hookspec
def awards_register_aggregations() -> tuple[Aggregation, ...]:  # type: ignore[empty-body]
    """Return the aggregations this plugin adds: rules that combine a group's children."""


@hookspec
def awards_register_ladders() -> tuple[Ladder, ...]:  # type: ignore[empty-body]
    """Return the ladders this plugin adds: rules that turn places into titles."""


@hookspec
def awards_register_programs() -> tuple[Program, ...]:  # type: ignore[empty-body]
    """Return program presets: award programs as data.

    Called last. Every code that a preset names must be registered; one that is
    not stops the start-up and names the preset and the code.
    """


@hookspec
def awards_register_certificate_designs() -> tuple[CertificateDesign, ...]:  # type: ignore[empty-body]
    """Return the certificate designs this plugin adds.

    The folder of each must hold ``certificate.html``, ``style.css`` and
    ``design.toml``.
    """
