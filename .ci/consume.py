"""Reads our graph files with networkx, pydot and csv, as a user of another tool would.

Usage: consume.py FOLDER NAME, where FOLDER holds NAME.graphml, .gexf, .cyjs, .gephi.dot, .dot,
.nodes.csv and .edges.csv of one graph. Every format must hold the same nodes and edges; of the
pictures in .dot only that they are read.
"""

import csv
import json
import sys

import networkx
import pydot


def graphml(path):
    return networkx.read_graphml(path)


def gexf(path):
    graph = networkx.read_gexf(path)
    assert graph.graph.get("mode") == "dynamic", f"{path}: the graph has no time"
    dated = [data for _, _, data in graph.edges(data=True) if data.get("start")]
    assert dated, f"{path}: no edge has a day"
    return graph


def cytoscape(path):
    with open(path, encoding="utf-8") as file:
        return networkx.cytoscape_graph(json.load(file), name="label", ident="id")


def tables(nodes, edges):
    graph = networkx.MultiDiGraph()
    with open(nodes, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph.add_node(row["Id"], label=row["Label"], kind=row["kind"])
    with open(edges, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["Source"] in graph and row["Target"] in graph, f"{edges}: {row}"
            graph.add_edge(row["Source"], row["Target"], kind=row["kind"])
    return graph


def dot(path):
    (graph,) = pydot.graph_from_dot_file(path, encoding="utf-8")
    return graph


def gephi(path):
    """Joins edges with one stance, so only the nodes are as many as in the other formats."""
    graph = dot(path)
    assert not graph.get_subgraphs(), f"{path}: Gephi loses what stands behind a subgraph"
    assert not graph.get_node_defaults() and not graph.get_edge_defaults(), path
    assert not graph.get_attributes(), f"{path}: Gephi makes nodes of graph attributes"
    names = {node.get_name() for node in graph.get_nodes()}
    for edge in graph.get_edges():
        assert edge.get_source() in names and edge.get_destination() in names, str(edge)
    return names


folder, name = sys.argv[1:]
base = f"{folder}/{name}"
graphs = {
    "graphml": graphml(f"{base}.graphml"),
    "gexf": gexf(f"{base}.gexf"),
    "cytoscape": cytoscape(f"{base}.cyjs"),
    "tables": tables(f"{base}.nodes.csv", f"{base}.edges.csv"),
}
first = graphs["graphml"]
for kind, graph in graphs.items():
    assert graph.is_directed(), f"{kind}: the edges have no direction"
    assert set(graph) == set(first), f"{kind}: other nodes"
    assert graph.number_of_edges() == first.number_of_edges(), f"{kind}: other edges"
    assert graph.number_of_nodes() > 10 and graph.number_of_edges() > 10, f"{kind}: {graph}"
    bare = [node for node, data in graph.nodes(data=True) if not data.get("label")]
    assert not bare, f"{kind}: nodes without a label: {bare[:5]}"
    kinds = {data.get("kind") for _, data in graph.nodes(data=True)}
    assert len(kinds - {None}) >= 3, f"{kind}: nodes of too few kinds: {kinds}"
assert len(gephi(f"{base}.gephi.dot")) == len(first), "gephi: other nodes"
assert len(dot(f"{base}.dot").get_nodes()) > 5, "dot: hardly a node"
print(f"{name}: {first.number_of_nodes()} nodes, {first.number_of_edges()} edges in every format")
