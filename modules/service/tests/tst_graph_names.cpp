// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_world.h"
#include "merged_names.h"

#include "chrona/storage/cluster_store.h"
#include "chrona/storage/entity_merges.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::testing;
using namespace Qt::StringLiterals;

/// The graph in the names of what people merged, and with the stories that events tell.
class TestGraphNames : public QObject, private GraphWorld {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void mergedEntitiesAreOneVertex();
    void mergedTiesAreCountedOnce();
    void exposuresAndPartsGoAlong();
    void loadedMergesAndStoriesAreLaid();
    void storiesAreNodesOfTheirEvents();
    void storiesOfOtherTimesStayOut();
    void pathsDoNotBeginAtStories();
    void keysAreWidenedByWhatIsMerged();

private:
    void layMerged(std::initializer_list<std::pair<std::string_view, std::string_view>> merges)
    {
        FloorParts parts = m_parts;
        for (const auto &[from, into] : merges)
            parts.standIns[schema::entityIdFor(from).value] = schema::entityIdFor(into).value;
        m_floor = GraphFloor::lay(std::move(parts));
    }
    /// Of the first two events and the fourth, which was taken back.
    void layStory()
    {
        FloorParts parts = m_parts;
        parts.stories = {{kStory,
                          static_cast<std::uint8_t>(schema::EventType::News),
                          "A story",
                          day(1),
                          {m_ids[0].value, m_ids[1].value, m_ids[3].value, 12345}},
                         {kStory + 1, 0, "Nothing of it is here", day(1), {54321}}};
        m_floor = GraphFloor::lay(std::move(parts));
    }
    static constexpr std::int64_t kStory = 77;
    static constexpr ipc::GraphNodeKey kStoryKey{GraphNodeKind::Story, kStory};
};

void TestGraphNames::initTestCase()
{
    QVERIFY(lay());
}

void TestGraphNames::mergedEntitiesAreOneVertex()
{
    layMerged({{"person:ann", "org:acme"}});
    QCOMPARE(m_floor->entityCount(), 5U);
    QCOMPARE(m_floor->find(entity("person:ann")), m_floor->find(entity("org:acme")));
    const GraphPart part = neighbours(around(entity("person:ann"), {GraphEdgeType::Together}));
    QCOMPARE(namesOf(part.reply).front(), u"org:acme"_s);
    QVERIFY(!namesOf(part.reply).contains(u"person:ann"_s));
    QVERIFY(part.reply.unknown.empty());
    // Asked for by both names, it comes once.
    ipc::GraphNeighboursRequest both = around(entity("person:ann"));
    both.seeds.push_back(entity("org:acme"));
    both.hops = 0;
    QCOMPARE(namesOf(neighbours(both).reply), QStringList{u"org:acme"_s});
}

void TestGraphNames::mergedTiesAreCountedOnce()
{
    layMerged({{"region:US-CA", "country:US"}});
    const EntityTies all = ties({});
    const auto us = *m_floor->find(entity("country:US"));
    QCOMPARE(all.evidence[us], 3U); // both names in one event are one naming
    QCOMPARE(m_floor->links(0).size(), 1U);
    QCOMPARE(evidenceOf(all, "country:US", "org:acme"), 1U);
    const auto events = searchEvents(*m_floor, {{entity("region:US-CA")}, {}, {}});
    QVERIFY(events && events->total == 3);
    const auto touched = searchTouched(*m_floor, {{m_ids[0]}});
    QVERIFY(touched && touched->nodes.size() == 2); // it and the source
}

void TestGraphNames::exposuresAndPartsGoAlong()
{
    layMerged({{"region:US-CA", "org:acme"}});
    const GraphPart part = neighbours(around(entity("org:acme"), {GraphEdgeType::PartOf}));
    QCOMPARE(edgesOf(part), QStringList{u"org:acme -part_of- country:US x0"_s});
}

void TestGraphNames::loadedMergesAndStoriesAreLaid()
{
    storage::Connection &connection = *m_connection;
    QVERIFY(storage::mergeEntities(
        connection,
        {{schema::entityIdFor("person:ann")}, schema::entityIdFor("org:acme"), day(9)}));
    for (const int number : {1, 2}) {
        storage::ClusterDay made{day(number) - 12h, {}, std::nullopt};
        storage::StoredMember report;
        report.event = m_ids[std::size_t(number - 1)];
        report.cluster = schema::clusterIdFor(m_ids[0]);
        report.observedAt = report.knownAt = day(number);
        report.family = "test";
        made.members.push_back(report);
        QVERIFY(storage::storeClusterDay(connection, made));
    }
    auto parts = loadFloorParts(connection, m_parts.events, m_parts.links, {});
    QVERIFY2(parts, parts ? "" : parts.error().what.c_str());
    m_floor = GraphFloor::lay(std::move(*parts));
    QCOMPARE(m_floor->find(entity("person:ann")), m_floor->find(entity("org:acme")));
    const ipc::GraphNodeKey story{GraphNodeKind::Story, schema::clusterIdFor(m_ids[0]).value};
    QVERIFY(m_floor->find(story));
    const GraphPart part = neighbours(around(story));
    QCOMPARE(part.reply.nodes.size(), 3U);
    const storage::EntityHead &acme = m_floor->entity(*m_floor->find(entity("org:acme")));
    QCOMPARE(acme.key, std::string("org:acme"));
}

void TestGraphNames::storiesAreNodesOfTheirEvents()
{
    layStory();
    QCOMPARE(m_floor->storyCount(), 2U);
    QCOMPARE(m_floor->keyOf(*m_floor->find(kStoryKey)), kStoryKey);
    QVERIFY(m_floor->keyOf(*m_floor->find(eventKey(5))) == eventKey(5));
    const GraphPart part = neighbours(around(kStoryKey));
    QCOMPARE(part.reply.nodes.size(), 3U); // what was taken back does not tell it
    const ipc::GraphNode &node = part.reply.nodes.front();
    QCOMPARE(node.label, std::string("A story"));
    QCOMPARE(node.evidence, 2U);
    QCOMPARE(*node.at, day(1));
    QCOMPARE(part.edges.from.size(), 2U);
    for (std::size_t at = 0; at < 2; ++at) {
        QCOMPARE(part.edges.type[at], std::uint8_t(GraphEdgeType::Tells));
        QCOMPARE(part.edges.to[at], 0); // from the event to its story
    }
    const GraphPart around1 = neighbours(around(eventKey(1), {GraphEdgeType::Tells}));
    QCOMPARE(around1.reply.nodes.size(), 2U);
    QCOMPARE(around1.reply.nodes[1].key, kStoryKey);
    const auto counts = searchCounts(*m_floor, ties({}), {kStoryKey, {}});
    QVERIFY(counts && counts->neighbours == 2);
    QCOMPARE(counts->types.front().type, GraphEdgeType::Tells);
    const auto events = searchEvents(*m_floor, {{kStoryKey}, {}, {}});
    QVERIFY(events && events->events == (std::vector{m_ids[1], m_ids[0]}));
    QVERIFY(neighbours(around({GraphNodeKind::Story, kStory + 1})).reply.nodes.size() == 1);
    QVERIFY(neighbours(around({GraphNodeKind::Story, 5})).reply.unknown.size() == 1);
}

void TestGraphNames::storiesOfOtherTimesStayOut()
{
    layStory();
    ipc::GraphNeighboursRequest request = around(kStoryKey);
    request.scope.from = day(2);
    request.scope.to = day(3);
    const GraphPart part = neighbours(request);
    QCOMPARE(part.reply.nodes.size(), 2U);
    QCOMPARE(part.reply.nodes.front().evidence, 1U);
}

void TestGraphNames::pathsDoNotBeginAtStories()
{
    layStory();
    ipc::GraphPathsRequest request;
    request.from = kStoryKey;
    request.to = entity("org:acme");
    const auto part = searchPaths(*m_floor, ties({}), request, {});
    QVERIFY(!part && part.error().code == ErrorCode::InvalidInput);
}

void TestGraphNames::keysAreWidenedByWhatIsMerged()
{
    const auto merge = [](std::string key, std::string into, std::string end) {
        storage::KeptMerge made;
        made.merge = {schema::entityIdFor(key), schema::entityIdFor(into), {}};
        made.standsAs = schema::entityIdFor(end);
        made.key = std::move(key);
        made.intoKey = std::move(into);
        return made;
    };
    const MergedNames names(std::vector{merge("a", "b", "c"), merge("b", "c", "c")});
    using Keys = std::vector<std::string>;
    QCOMPARE(names.keysFor("b"), (Keys{"b", "c", "a"}));
    QCOMPARE(names.keysFor("c"), (Keys{"c", "a", "b"}));
    QCOMPARE(names.keysFor("x"), Keys{"x"});
    Keys keys{"a", "x", "b"};
    names.widen(keys);
    QCOMPARE(keys, (Keys{"a", "c", "b", "x"}));
}

QTEST_GUILESS_MAIN(TestGraphNames)
#include "tst_graph_names.moc"
