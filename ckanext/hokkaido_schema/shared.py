"""What the other plugins may use of the metadata schema."""

from __future__ import annotations

from ckanext.hokkaido_schema.vocabularies import Item, UnknownVocabulary, Vocabulary, vocabulary

__all__ = ["Item", "UnknownVocabulary", "Vocabulary", "vocabulary"]
