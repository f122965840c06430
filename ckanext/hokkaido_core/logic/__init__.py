"""Actions of the core, and who may call them."""
