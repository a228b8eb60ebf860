"""All that a rule plugin may import."""

from awards.domain.definition import (
    Cap,
    CategoryDefinition,
    CertificateWording,
    EarlierResults,
    EditionDefinition,
    Entrants,
    FullPoints,
    GateUse,
    Group,
    Leaf,
    ProgramDefinition,
    Robustness,
    Signatory,
    Use,
    Winsorize,
)
from awards.domain.text import Sentence, Text
from awards.sdk.aggregations import Aggregation, Branch
from awards.sdk.classifications import Brackets, Classification
from awards.sdk.errors import BadDeclaration, BadExpression, PluginError
from awards.sdk.expressions import MISSING, at_least, at_most, growth, ratio, share, step_table
from awards.sdk.gates import CohortFigure
from awards.sdk.kinds import COMPANY, REGENCY_CITY
from awards.sdk.ladders import Ladder, LadderInput
from awards.sdk.markers import API_VERSION, hookimpl, hookspec
from awards.sdk.named import Label, Parameters
from awards.sdk.normal import normal_cdf
from awards.sdk.records import RecordColumn, RecordType, Tally
from awards.sdk.scales import Scale, ScaleInput, Statistic
from awards.sdk.types import (
    Attribute,
    CertificateDesign,
    Criterion,
    Gate,
    Generated,
    Indicator,
    Kind,
    Program,
    Sample,
    Scheme,
)
from awards.sdk.values import Values

__all__ = [
    "API_VERSION",
    "COMPANY",
    "MISSING",
    "REGENCY_CITY",
    "Aggregation",
    "Attribute",
    "BadDeclaration",
    "BadExpression",
    "Brackets",
    "Branch",
    "Cap",
    "CategoryDefinition",
    "CertificateDesign",
    "CertificateWording",
    "Classification",
    "CohortFigure",
    "Criterion",
    "EarlierResults",
    "EditionDefinition",
    "Entrants",
    "FullPoints",
    "Gate",
    "GateUse",
    "Generated",
    "Group",
    "Indicator",
    "Kind",
    "Label",
    "Ladder",
    "LadderInput",
    "Leaf",
    "Parameters",
    "PluginError",
    "Program",
    "ProgramDefinition",
    "RecordColumn",
    "RecordType",
    "Robustness",
    "Sample",
    "Scale",
    "ScaleInput",
    "Scheme",
    "Sentence",
    "Signatory",
    "Statistic",
    "Tally",
    "Text",
    "Use",
    "Values",
    "Winsorize",
    "at_least",
    "at_most",
    "growth",
    "hookimpl",
    "hookspec",
    "normal_cdf",
    "ratio",
    "share",
    "step_table",
]
