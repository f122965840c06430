"""The parts of `bin/portal`: standard library only, one idea a file."""
