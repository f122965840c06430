"""Comparing and storing many descriptions in the background, and forgetting what nobody confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.shared import clock, now, tasks
from ckanext.hokkaido_schema.domain.exchange_state import ExchangeState
from ckanext.hokkaido_schema.logic import describing, exchanging
from ckanext.hokkaido_schema.logic.action.exchange import EXCHANGE_TASK
from ckanext.hokkaido_schema.service import exchange as exchanges

__all__ = ["drop_forgotten", "run"]

#: What nobody confirmed is kept so long.
KEPT = timedelta(days=7)
_HOUR = 3600


@tasks.runner(EXCHANGE_TASK)
def run(task: tasks.Running) -> dict[str, Any]:
    """Compare or store, as far as the exchange has come, with the rights that the person has now; done once only."""
    user = model.User.get(task.owner_id) if task.owner_id else None
    context = Context(user=user.name) if user else Context(user="", ignore_auth=task.owner_id is None)
    session = model.Session()
    exchange = exchanges.find(session, task.payload["exchange"], lock=True)
    if exchange is None:
        raise tasks.Failed(tk._("This upload was not found. It may have been dropped."))
    try:
        tk.check_access("hokkaido_exchange_confirm", Context(**context), {"id": exchange.id})
    except tk.NotAuthorized as error:
        raise tasks.Failed(tk._("You may not edit the datasets of this organisation.")) from error
    if exchange.state == ExchangeState.COMPARING:
        records = describing.read(exchange.content or b"").records
        exchanging.compare(context, exchange, records, task.progress)
        session.commit()
    elif exchange.state == ExchangeState.STORING:
        exchanging.store(context, exchange, task.progress)
    return {"exchange": task.payload["exchange"]}


def drop_forgotten() -> None:
    """Forget what was compared and not confirmed for a week."""
    session = model.Session()
    exchanges.drop_older(session, now() - KEPT)
    session.commit()


clock.every(seconds=_HOUR, name="forgotten uploads of descriptions")(drop_forgotten)
