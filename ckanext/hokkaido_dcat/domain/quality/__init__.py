"""What a dataset's description lacks, for whom, and the score that follows from it."""

from __future__ import annotations

from ckanext.hokkaido_dcat.domain.quality.assessment import Assessment, assess
from ckanext.hokkaido_dcat.domain.quality.finding import Consumer, Finding, Severity
from ckanext.hokkaido_dcat.domain.quality.rules import Bodik, Indicator, Obligation, Rules
from ckanext.hokkaido_dcat.domain.quality.score import BEST, RATINGS, rating

__all__ = [
    "BEST",
    "RATINGS",
    "Assessment",
    "Bodik",
    "Consumer",
    "Finding",
    "Indicator",
    "Obligation",
    "Rules",
    "Severity",
    "assess",
    "rating",
]
