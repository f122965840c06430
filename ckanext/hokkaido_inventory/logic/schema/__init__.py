"""What each action takes: one function an action, named as the action without its prefix.

Parameters that an action does not name are dropped, so that ids, states, owners and people cannot be assigned.
"""
