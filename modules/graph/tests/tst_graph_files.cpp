// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/graph_files.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/xml.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::graph;

namespace {

/// Labels that formats stumble over.
const std::vector<std::string> kLabels{
    "plain",       "a < b && \"c\" > 'd'", "two\nlines\tand\r\nmore", "Ελλάδα 東京 🌍",
    "=SUM(A1:A9)", "comma, and \"quote\"", " blanks around "};

Graph sampleGraph()
{
    Parts parts;
    parts.types = {"mentions", "owns & <holds>"};
    parts.evidence = {{schema::EvidenceKind::Event, 7}, {schema::EvidenceKind::Source, 8}};
    for (std::size_t i = 0; i < kLabels.size(); ++i)
        parts.nodes.push_back(
            {.key = {schema::EvidenceKind::Entity, std::int64_t(i + 1)}, .label = kLabels[i]});
    parts.nodes[1].place = {{.longitude = -0.1, .latitude = 51.5}};
    parts.nodes[2].key.kind = schema::EvidenceKind::Event;
    parts.edges = {{.from = 0,
                    .to = 1,
                    .type = 1,
                    .weight = 0.1F,
                    .begin = Instant(std::chrono::seconds(1'700'000'000)),
                    .end = Instant(std::chrono::seconds(1'700'003'600)),
                    .evidenceFirst = 0,
                    .evidenceCount = 2,
                    .evidenceTotal = 5},
                   {.from = 2, .to = 3},
                   {.from = 3, .to = 3}};
    return *Graph::create(std::move(parts));
}

const Positions kPositions{{0, 0}, {1.5F, -2}, {0.1F, 1e-7F}, {3, 4}, {5, 1e6F}, {6, 7}, {-8, 9}};

/// The children of that name, in their order.
std::vector<const formats::XmlElement *> childrenOf(const formats::XmlElement &element,
                                                    std::string_view name)
{
    std::vector<const formats::XmlElement *> found;
    for (const formats::XmlElement &child : element.children)
        if (child.local == name)
            found.push_back(&child);
    return found;
}

/// The text of a GraphML element's data of that key, as it stands.
std::string dataOf(const formats::XmlElement &element, std::string_view key)
{
    for (const formats::XmlElement *data : childrenOf(element, "data"))
        if (data->attribute("key") == key)
            return data->text;
    return "(none)";
}

class Rows final : public formats::CsvSink {
public:
    void row(const formats::CsvRow &row) override
    {
        rows.emplace_back(row.fields.begin(), row.fields.end());
    }
    void fault(const formats::CsvFault &) override { ++faults; }
    std::vector<std::vector<std::string>> rows;
    int faults = 0;
};

Rows readCsv(const std::string &text)
{
    Rows rows;
    formats::CsvReader reader;
    if (!reader.push(text, rows) || !reader.finish(rows))
        ++rows.faults;
    return rows;
}

float numberOf(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size())).toFloat();
}

} // namespace

class TestGraphFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void graphMlComesBack();
    void gexfComesBack();
    void tablesComeBack();
    void formulasAreDisarmed();
    void whatCannotBeWrittenIsReplaced();
    void positionsMustFit();
};

void TestGraphFiles::graphMlComesBack()
{
    const Graph graph = sampleGraph();
    const auto text = toGraphMl(graph, kPositions);
    QVERIFY(text);
    const auto root = formats::readXml(*text);
    QVERIFY2(root, root ? "" : qPrintable(QString::fromStdString(root.error().what)));
    const formats::XmlElement *body = root->child("graph");
    QVERIFY(body);
    const auto nodes = childrenOf(*body, "node");
    QCOMPARE(nodes.size(), graph.nodeCount());
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
        QCOMPARE(dataOf(*nodes[i], "label"), graph.node(i).label);
        QCOMPARE(std::string(nodes[i]->attribute("id")), keyText(graph.node(i).key));
        QCOMPARE(numberOf(dataOf(*nodes[i], "x")), kPositions[i].x);
        QCOMPARE(numberOf(dataOf(*nodes[i], "y")), kPositions[i].y);
    }
    QCOMPARE(dataOf(*nodes[1], "latitude"), std::string("51.5"));
    QCOMPARE(dataOf(*nodes[0], "latitude"), std::string("(none)"));
    QCOMPARE(dataOf(*nodes[2], "kind"), std::string("event"));
    const auto edges = childrenOf(*body, "edge");
    QCOMPARE(edges.size(), graph.edgeCount());
    QCOMPARE(std::string(edges[0]->attribute("source")), std::string("entity:1"));
    QCOMPARE(std::string(edges[0]->attribute("target")), std::string("entity:2"));
    QCOMPARE(dataOf(*edges[0], "type"), std::string("owns & <holds>"));
    QCOMPARE(numberOf(dataOf(*edges[0], "weight")), 0.1F);
    QCOMPARE(dataOf(*edges[0], "begin"), std::string("2023-11-14T22:13:20Z"));
    QCOMPARE(dataOf(*edges[0], "evidence"), std::string("event:7 source:8"));
    QCOMPARE(dataOf(*edges[0], "evidence_count"), std::string("5"));
    QCOMPARE(dataOf(*edges[1], "evidence_count"), std::string("(none)"));
    QCOMPARE(dataOf(*edges[1], "begin"), std::string("(none)"));
}

void TestGraphFiles::gexfComesBack()
{
    const Graph graph = sampleGraph();
    const auto text = toGexf(graph, kPositions);
    QVERIFY(text);
    const auto root = formats::readXml(*text);
    QVERIFY2(root, root ? "" : qPrintable(QString::fromStdString(root.error().what)));
    const formats::XmlElement *body = root->child("graph");
    QVERIFY(body && body->child("nodes") && body->child("edges"));
    const auto nodes = childrenOf(*body->child("nodes"), "node");
    QCOMPARE(nodes.size(), graph.nodeCount());
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
        QCOMPARE(std::string(nodes[i]->attribute("label")), graph.node(i).label);
        QVERIFY(nodes[i]->child("position"));
        QCOMPARE(numberOf(nodes[i]->child("position")->attribute("y")), kPositions[i].y);
    }
    const auto edges = childrenOf(*body->child("edges"), "edge");
    QCOMPARE(edges.size(), graph.edgeCount());
    QCOMPARE(std::string(edges[0]->attribute("kind")), std::string("owns & <holds>"));
    QCOMPARE(std::string(edges[0]->attribute("start")), std::string("2023-11-14T22:13:20Z"));
    QCOMPARE(std::string(edges[0]->attribute("endopen")), std::string("2023-11-14T23:13:20Z"));
    const auto values = childrenOf(*edges[0]->child("attvalues"), "attvalue");
    QCOMPARE(std::string(values[0]->attribute("value")), std::string("event:7 source:8"));
    QCOMPARE(std::string(values[1]->attribute("for")), std::string("evidence_count"));
    QCOMPARE(std::string(values[1]->attribute("value")), std::string("5"));
    // Without positions there are none.
    QVERIFY(!toGexf(graph)->contains("viz:position"));
}

void TestGraphFiles::tablesComeBack()
{
    const Graph graph = sampleGraph();
    const Rows nodes = readCsv(*toNodeCsv(graph, kPositions));
    QCOMPARE(nodes.faults, 0);
    QCOMPARE(nodes.rows.size(), graph.nodeCount() + 1);
    for (NodeIndex i = 0; i < graph.nodeCount(); ++i) {
        QCOMPARE(nodes.rows[i + 1].size(), nodes.rows[0].size());
        if (graph.node(i).label.front() != '=')
            QCOMPARE(nodes.rows[i + 1][2], graph.node(i).label);
        QCOMPARE(numberOf(nodes.rows[i + 1][5]), kPositions[i].x);
    }
    const Rows edges = readCsv(toEdgeCsv(graph));
    QCOMPARE(edges.faults, 0);
    QCOMPARE(edges.rows.size(), graph.edgeCount() + 1);
    QCOMPARE(edges.rows[1], (std::vector<std::string>{"entity:1", "entity:2", "owns & <holds>",
                                                      "0.1", "2023-11-14T22:13:20Z",
                                                      "2023-11-14T23:13:20Z", "event:7 source:8",
                                                      "5"}));
    QCOMPARE(readCsv(*toNodeCsv(graph)).rows[1].size(), nodes.rows[0].size());
}

void TestGraphFiles::formulasAreDisarmed()
{
    const Rows nodes = readCsv(*toNodeCsv(sampleGraph()));
    QCOMPARE(nodes.rows[5][2], std::string("'=SUM(A1:A9)"));
}

void TestGraphFiles::whatCannotBeWrittenIsReplaced()
{
    Parts parts;
    const std::string bad("a\0b\x01"
                          "c\xFF"
                          "d\xED\xA0\x80"
                          "e\xEF\xBF\xBE",
                          14);
    parts.nodes = {{.key = {schema::EvidenceKind::Entity, 1}, .label = bad}};
    const Graph graph = *Graph::create(std::move(parts));
    const auto text = toGraphMl(graph);
    QVERIFY(text);
    const auto root = formats::readXml(*text);
    QVERIFY2(root, root ? "" : qPrintable(QString::fromStdString(root.error().what)));
    const std::string label = dataOf(*childrenOf(*root->child("graph"), "node")[0], "label");
    QVERIFY(label.starts_with("a\xEF\xBF\xBD"
                              "b\xEF\xBF\xBD"
                              "c\xEF\xBF\xBD"
                              "d"));
    QVERIFY(label.ends_with("e\xEF\xBF\xBD"));
    QVERIFY(formats::readXml(*toGexf(graph)));
    QCOMPARE(readCsv(*toNodeCsv(graph)).faults, 0);
}

void TestGraphFiles::positionsMustFit()
{
    const Graph graph = sampleGraph();
    const std::vector<Point> few(graph.nodeCount() - 1);
    QVERIFY(toGraphMl(graph, few).error().code == ErrorCode::InvalidInput);
    QVERIFY(toGexf(graph, few).error().code == ErrorCode::InvalidInput);
    QVERIFY(toNodeCsv(graph, few).error().code == ErrorCode::InvalidInput);
}

QTEST_APPLESS_MAIN(TestGraphFiles)
#include "tst_graph_files.moc"
