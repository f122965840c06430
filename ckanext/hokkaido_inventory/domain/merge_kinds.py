"""What can be wrong with a workbook only in view of what the portal has already."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.findings import Kind, Severity
from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = ["NUMBER_UNKNOWN", "OTHER_SURVEY", "OTHER_UNIT"]

NUMBER_UNKNOWN = Kind(
    "number_unknown",
    Severity.ERROR,
    N_("Your unit has no row with the number %(number)s."),
    N_("Write the number as your unit's page shows it, or leave the cell empty for a new row."),
)

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
