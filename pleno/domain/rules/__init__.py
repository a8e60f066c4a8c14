"""What a form must keep (DOMAIN.md section 3): one table of rules, each with its formula, sentences and check.

A rule is silent while a row it needs is unread, and where the form has no such row. A rule never changes a figure
and never keeps anyone from recording what the paper says.
"""

from pleno.domain.rules.balance import Balance, balance
from pleno.domain.rules.finding import Breach, Finding, Scope, Severity
from pleno.domain.rules.rule import Enforced, Kecamatan, NotCaptured, OnForm, OnKecamatan, OnPapers, Papers, Rule
from pleno.domain.rules.table import (
    BY_ID,
    RULES,
    findings,
    kecamatan_findings,
    papers_findings,
    tps_findings,
)
from pleno.domain.rules.thresholds import THRESHOLDS, Threshold, cadangan, threshold

__all__ = [
    "BY_ID",
    "RULES",
    "THRESHOLDS",
    "Balance",
    "Breach",
    "Enforced",
    "Finding",
    "Kecamatan",
    "NotCaptured",
    "OnForm",
    "OnKecamatan",
    "OnPapers",
    "Papers",
    "Rule",
    "Scope",
    "Severity",
    "Threshold",
    "balance",
    "cadangan",
    "findings",
    "kecamatan_findings",
    "papers_findings",
    "threshold",
    "tps_findings",
]
