"""Reads our graph files with networkx, as a user of another tool would.

Usage: consume.py FILE.graphml|FILE.gexf ...
"""

import sys

import networkx


def check(path):
    """Returns how many nodes and edges the file holds; fails when it says too little."""
    read = networkx.read_gexf if path.endswith(".gexf") else networkx.read_graphml
    graph = read(path)
    assert graph.is_directed(), f"{path}: the edges have no direction"
    assert graph.number_of_nodes() > 10, f"{path}: {graph}"
    assert graph.number_of_edges() > 10, f"{path}: {graph}"
    bare = [node for node, data in graph.nodes(data=True) if not data.get("label")]
    assert not bare, f"{path}: nodes without a label: {bare[:5]}"
    kinds = {data.get("kind") for _, data in graph.nodes(data=True)}
    assert len(kinds - {None}) >= 3, f"{path}: nodes of too few kinds: {kinds}"
    return graph.number_of_nodes(), graph.number_of_edges()


for path in sys.argv[1:]:
    nodes, edges = check(path)
    print(f"{path.rsplit('/', 1)[-1]}: {nodes} nodes, {edges} edges")
