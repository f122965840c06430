"""One thing that a consumer of a description would reject or find lacking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Consumer", "Finding", "Severity"]


class Consumer(StrEnum):
    """Who reads a description."""

    #: Harvesters that check against DCAT-AP 3.
    DCAT_AP = "dcat-ap-3"
    #: Those that ask for DCAT-AP 2.1.1.
    DCAT_AP_2 = "dcat-ap-2"
    #: Japanese catalogues that follow the guidebook DCAT-GoJ.
    DCAT_GOJ = "dcat-goj"
    #: BODIK's aggregator, which reads no RDF but CKAN's API.
    BODIK = "bodik"


class Severity(StrEnum):
    """How much it matters, gravest first."""

    #: The consumer refuses the dataset or the file.
    REJECTED = "rejected"
    #: A value could not be passed on.
    LEFT_OUT = "left_out"
    #: The consumer recommends something that is not there.
    LACKING = "lacking"
    #: A value was passed on in another form than it was typed.
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    :ivar field: field of the dataset to correct; `resources/<n>/<field>` with n counted from 1; `organization/<field>`.
    :ivar rule: property that is missing, fault of a value (`domain.graph.Fault`), or a rule of BODIK's.
    :ivar value: what was typed, where there is something.
    """

    consumer: Consumer
    severity: Severity
    field: str
    rule: str
    value: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return its parts as texts."""
        return {
            "consumer": self.consumer.value,
            "severity": self.severity.value,
            "field": self.field,
            "rule": self.rule,
            "value": self.value,
        }

    @property
    def order(self) -> tuple[int, str, str, str]:
        """Gravest first, then by field, so that a person corrects field after field."""
        return list(Severity).index(self.severity), self.field, self.consumer.value, self.rule
