"""Pure rules of the data inventory survey: questions, decision, branching, states, findings."""
