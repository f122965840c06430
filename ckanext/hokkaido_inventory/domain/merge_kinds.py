"""What can be wrong with a workbook only in view of what the portal has already."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.findings import Kind, Severity
from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = ["OTHER_SURVEY", "OTHER_UNIT"]

OTHER_UNIT = Kind(
    "other_unit",
    Severity.ERROR,
    N_("This workbook was made for another unit (%(unit)s)."),
    N_("Upload it on the page of that unit, or download the template of this unit and copy the answers into it."),
)

OTHER_SURVEY = Kind(
    "other_survey",
    Severity.WARNING,
    N_("This workbook was made for another survey."),
    N_("Check that the answers are those of this year."),
)
