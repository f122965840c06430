"""A growing set of triples in canonical order, with what had to be left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ckanext.hokkaido_dcat.domain.names import RDF_TYPE
from ckanext.hokkaido_dcat.domain.terms import Iri, Term, Triple, clean_text

__all__ = ["Block", "Fault", "Graph", "Problem"]


class Fault(StrEnum):
    """What was wrong with a value."""

    ILLEGAL_IRI = "illegal_iri"
    REPAIRED_IRI = "repaired_iri"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_HASH = "bad_hash"
    BAD_MAIL = "bad_mail"
    BAD_PHONE = "bad_phone"
    NOT_MAPPED = "not_mapped"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that could not be written as it is.

    :ivar field: field of the dataset, or `resources/<n>/<field>` with n counted from 1.
    """

    field: str
    fault: Fault
    value: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return what is stored."""
        return {"field": self.field, "fault": self.fault.value, "value": clean_text(self.value)[:500]}


#: A subject with its statements in canonical order.
Block = tuple[Iri, tuple[tuple[Iri, Term], ...]]


@dataclass(slots=True)
class Graph:
    """Subjects in the order in which they are first spoken of, each with its statements."""

    _subjects: dict[Iri, set[tuple[Iri, Term]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: What `blocks` returned last, until something is added.
    _blocks: list[Block] | None = None

    def add(self, subject: Iri, predicate: Iri, value: Term) -> None:
        """State something; stating it twice is the same as once."""
        self._blocks = None
        self._subjects.setdefault(subject, set()).add((predicate, value))

    def add_all(self, subject: Iri, statements: Collection[tuple[Iri, Term]]) -> None:
        """State several things of a subject; nothing is said of it where there are none."""
        if statements:
            self._blocks = None
            self._subjects.setdefault(subject, set()).update(statements)

    def report(self, path: str, fault: Fault, value: object = "") -> None:
        """Note a value that was repaired or left out."""
        self.problems.append(Problem(path, fault, str(value)))

    def __iter__(self) -> Iterator[Triple]:
        """Yield every triple: types first, then predicates and objects in the order of their characters."""
        for subject, statements in self._subjects.items():
            for predicate, value in sorted(statements, key=_order):
                yield Triple(subject, predicate, value)

    def blocks(self) -> list[Block]:
        """Return each subject with its statements in the same order; do not change the list."""
        if self._blocks is None:
            items = self._subjects.items()
            self._blocks = [(subject, tuple(sorted(statements, key=_order))) for subject, statements in items]
        return self._blocks

    def triples(self) -> Iterator[tuple[Iri, Iri, Term]]:
        """Yield every triple, those of a subject in no order, for whoever only looks."""
        for subject, statements in self._subjects.items():
            for predicate, value in statements:
                yield subject, predicate, value

    def statements(self) -> Iterable[tuple[Iri, set[tuple[Iri, Term]]]]:
        """Return each subject with its statements in no order, for whoever only looks."""
        return self._subjects.items()

    def without(self, other: Graph) -> Graph:
        """Return what this graph says and another one does not."""
        known = other._subjects
        rest = {subject: statements - known.get(subject, set()) for subject, statements in self._subjects.items()}
        return Graph({subject: statements for subject, statements in rest.items() if statements})

    def copy(self) -> Graph:
        """Return a graph that says the same and grows by itself."""
        return Graph({subject: set(statements) for subject, statements in self._subjects.items()}, list(self.problems))

    def copy_without(self, namespace: str) -> Graph:
        """Return a copy that says nothing in the words of a vocabulary."""
        rest = {
            subject: {
                (predicate, value)
                for predicate, value in statements
                if not (predicate.value.startswith(namespace) or value.value.startswith(namespace))
            }
            for subject, statements in self._subjects.items()
            if not subject.value.startswith(namespace)
        }
        return Graph({subject: statements for subject, statements in rest.items() if statements}, list(self.problems))

    def __contains__(self, subject: Iri) -> bool:
        return subject in self._subjects

    def __len__(self) -> int:
        return sum(len(statements) for statements in self._subjects.values())


def _order(statement: tuple[Iri, Term]) -> tuple[bool, str, tuple[str, ...]]:
    predicate, value = statement
    return predicate != RDF_TYPE, predicate.value, tuple(value)
