"""What analysis notebooks open: a period's exact aggregates, one class a subject."""

from analysis.field.views.movement import Movement, open_movement
from analysis.field.views.poverty import Poverty, open_poverty
from analysis.field.views.services import Services, open_services

__all__ = ["Movement", "Poverty", "Services", "open_movement", "open_poverty", "open_services"]
