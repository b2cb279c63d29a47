"""Validates RDF files against ontology/shapes; needs pySHACL (pip install pyshacl).

Usage: shacl.py FILE...    .nq, .trig, .ttl or .nt; the union of a file's named graphs is checked.
Exit code: 0 all conform, 1 a file does not, 2 could not run.
"""

import sys
from pathlib import Path

try:
    from pyshacl import validate
    from rdflib import Dataset, Graph
except ImportError as error:
    print(f"shacl.py: {error}; install pyshacl first", file=sys.stderr)
    sys.exit(2)

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"


def union(path):
    """Reads a file and drops the names of its graphs."""
    dataset, graph = Dataset(), Graph()
    dataset.parse(path)
    for subject, predicate, obj, _ in dataset.quads((None, None, None, None)):
        graph.add((subject, predicate, obj))
    return graph


def turtle(paths):
    """Reads Turtle files into one graph."""
    graph = Graph()
    for path in sorted(paths):
        graph.parse(path)
    return graph


def main(files):
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    shapes, terms = turtle(ONTOLOGY.glob("shapes/*.ttl")), turtle(ONTOLOGY.glob("*.ttl"))
    failed = 0
    for file in files:
        try:
            data = union(file)
        except Exception as error:  # the parsers raise many kinds
            print(f"{file}: cannot be read: {error}", file=sys.stderr)
            return 2
        conforms, _, report = validate(data, shacl_graph=shapes, ont_graph=terms)
        print(f"{file}: {len(data)} triples, {'conforms' if conforms else 'does not conform'}")
        if not conforms:
            failed += 1
            print(report)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
