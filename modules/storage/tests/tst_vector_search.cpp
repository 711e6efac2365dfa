// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/enrichment_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/vector_search.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace chrona;
using namespace chrona::storage;

namespace {

constexpr const char *kModel = "a model's name; \"quoted\"";
constexpr std::size_t kDimensions = 48;
constexpr std::size_t kVectors = 400;

using Vector = std::vector<std::int8_t>;

double cosineOf(const Vector &a, const Vector &b)
{
    double both = 0, one = 0, other = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        both += double(a[i]) * double(b[i]);
        one += double(a[i]) * double(a[i]);
        other += double(b[i]) * double(b[i]);
    }
    return both / std::sqrt(one * other);
}

} // namespace

/// Near vectors are found by the database, where it can.
class TestVectorSearch : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void nearestAreFound_data();
    void nearestAreFound();
    void conditionsHold();
    void whatIsStoredAnewReplaces();
    void otherSizesAreLeftOut();
    void oldOnesAreForgotten();
    void extensionOfAnotherOwnerIsUsed();
    void whereItMayNotBeMadeThereIsNone();
    void droppedItIsMadeAgain();

private:
    [[nodiscard]] static Instant at(std::int64_t event)
    {
        return Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 1)) +
               std::chrono::minutes(event);
    }
    [[nodiscard]] bool store(std::int64_t event, const Vector &vector)
    {
        const EnrichmentResult result{{event}, at(event), false, {{kModel, vector}}};
        return saveResults(*m_connection, {&result, 1}).has_value();
    }
    [[nodiscard]] Vector randomVector()
    {
        Vector vector(kDimensions);
        for (std::int8_t &one : vector)
            one = static_cast<std::int8_t>(int(m_random() % 255) - 127);
        return vector;
    }
    /// Vectors of events 1, 2, …, each a little like its neighbours.
    void storeMany();
    [[nodiscard]] std::vector<std::int64_t> found(const VectorSearch::Query &query)
    {
        const auto matches = m_search->find(*m_connection, query);
        if (!matches)
            qWarning("%s", matches.error().what.c_str());
        std::vector<std::int64_t> events;
        for (const VectorSearch::Match &match :
             matches.value_or(std::vector<VectorSearch::Match>()))
            events.push_back(match.event.value);
        return events;
    }

    std::optional<VectorSearch> m_search;
    std::vector<Vector> m_vectors;
    std::mt19937 m_random{7};
};

void TestVectorSearch::initTestCase()
{
    openDatabase();
    auto connection = m_database->fresh();
    const auto search = VectorSearch::open(connection);
    QVERIFY2(search, search ? "" : search.error().what.c_str());
    if (!*search)
        QSKIP("this server has no pgvector");
}

void TestVectorSearch::init()
{
    beginFresh();
    m_search = VectorSearch::open(*m_connection).value();
    QVERIFY(m_search);
    m_vectors.clear();
}

void TestVectorSearch::storeMany()
{
    for (std::size_t i = 0; i < kVectors; ++i) {
        Vector vector = randomVector();
        if (i > 0)
            for (std::size_t d = 0; d < kDimensions / 2; ++d)
                vector[d] = m_vectors.back()[d];
        m_vectors.push_back(vector);
        QVERIFY(store(std::int64_t(i + 1), vector));
    }
    QVERIFY(m_search->follow(*m_connection, kModel));
    QCOMPARE(m_search->size(*m_connection, kModel).value(), std::int64_t(kVectors));
}

void TestVectorSearch::nearestAreFound_data()
{
    QTest::addColumn<bool>("byIndex");
    QTest::newRow("as the planner likes") << false;
    QTest::newRow("by the index") << true;
}

void TestVectorSearch::nearestAreFound()
{
    QFETCH(bool, byIndex);
    storeMany();
    if (byIndex)
        QVERIFY(m_connection->script("SET enable_seqscan = off; SET enable_sort = off"));
    constexpr std::size_t kLimit = 10, kQueries = 40;
    std::size_t right = 0;
    for (std::size_t q = 0; q < kQueries; ++q) {
        const Vector asked = m_vectors[q * 9];
        std::vector<std::int64_t> exact(kVectors);
        for (std::size_t i = 0; i < kVectors; ++i)
            exact[i] = std::int64_t(i + 1);
        std::ranges::sort(exact, std::greater(), [&](std::int64_t event) {
            return cosineOf(asked, m_vectors[std::size_t(event - 1)]);
        });
        exact.resize(kLimit);
        const auto near = found({.model = kModel, .vector = asked, .limit = kLimit});
        QCOMPARE(near.size(), kLimit);
        QCOMPARE(near.front(), std::int64_t(q * 9 + 1)); // itself
        right += std::size_t(std::ranges::count_if(
            near, [&](std::int64_t event) { return std::ranges::contains(exact, event); }));
    }
    QVERIFY2(right >= kQueries * kLimit * 95 / 100, std::to_string(right).c_str());
    const auto itself =
        m_search->find(*m_connection, {.model = kModel, .vector = m_vectors[0], .limit = 1});
    QVERIFY(std::abs(itself->front().similarity - 1) < 1e-3);
}

void TestVectorSearch::conditionsHold()
{
    storeMany();
    // The conditions leave little of what is nearest: the search goes on until it has enough.
    QVERIFY(m_connection->script("SET enable_seqscan = off; SET enable_sort = off"));
    const auto near = found({.model = kModel,
                             .vector = m_vectors[0],
                             .from = at(300),
                             .to = at(350),
                             .limit = 10,
                             .without = schema::EventId{310}});
    QCOMPARE(near.size(), 10U);
    for (const std::int64_t event : near)
        QVERIFY(event >= 300 && event < 350 && event != 310);
    QVERIFY(found({.model = "another", .vector = m_vectors[0]}).empty());
    const Vector longer(kDimensions + 1, 1);
    QVERIFY(found({.model = kModel, .vector = longer}).empty());
}

void TestVectorSearch::whatIsStoredAnewReplaces()
{
    const Vector first = randomVector(), second = randomVector();
    QVERIFY(store(1, first));
    QVERIFY(m_search->follow(*m_connection, kModel));
    QVERIFY(store(1, second));
    QVERIFY(m_search->follow(*m_connection, kModel));
    const auto near = m_search->find(*m_connection, {.model = kModel, .vector = second});
    QCOMPARE(near->size(), 1U);
    QVERIFY(near->front().similarity > 0.999);
}

void TestVectorSearch::otherSizesAreLeftOut()
{
    const Vector vector = randomVector();
    QVERIFY(store(1, vector));
    QVERIFY(store(2, Vector(kDimensions + 3, 1)));
    QVERIFY(store(3, vector));
    QVERIFY(m_search->follow(*m_connection, kModel));
    QCOMPARE(m_search->size(*m_connection, kModel).value(), 2);
    QCOMPARE(found({.model = kModel, .vector = vector}).size(), 2U);
}

void TestVectorSearch::oldOnesAreForgotten()
{
    const Vector vector = randomVector();
    QVERIFY(store(1, vector) && store(100, vector));
    QVERIFY(m_search->follow(*m_connection, kModel));
    QVERIFY(m_search->forget(*m_connection, kModel, at(50)));
    QCOMPARE(found({.model = kModel, .vector = vector}), std::vector<std::int64_t>{100});
    QVERIFY(m_search->forget(*m_connection, "another", at(50)));
}

void TestVectorSearch::extensionOfAnotherOwnerIsUsed()
{
    QVERIFY(m_connection->script("DROP SCHEMA chrona_vector CASCADE; CREATE SCHEMA \"Their own\"; "
                                 "CREATE EXTENSION vector SCHEMA \"Their own\""));
    m_search = VectorSearch::open(*m_connection).value();
    QVERIFY(m_search);
    const Vector vector = randomVector();
    QVERIFY(store(1, vector));
    QVERIFY(m_search->follow(*m_connection, kModel));
    QCOMPARE(found({.model = kModel, .vector = vector}).size(), 1U);
}

void TestVectorSearch::whereItMayNotBeMadeThereIsNone()
{
    QVERIFY(m_connection->script("DROP SCHEMA chrona_vector CASCADE; "
                                 "DROP ROLE IF EXISTS visitor; CREATE ROLE visitor; "
                                 "SET ROLE visitor"));
    const auto none = VectorSearch::open(*m_connection);
    QVERIFY2(none, none ? "" : none.error().what.c_str());
    QVERIFY(!*none);
    QVERIFY(!m_connection->isInTransaction());
    QVERIFY(m_connection->script("RESET ROLE"));
}

void TestVectorSearch::droppedItIsMadeAgain()
{
    const Vector vector = randomVector();
    QVERIFY(store(1, vector));
    QVERIFY(m_search->follow(*m_connection, kModel));
    QVERIFY(m_connection->script("DROP SCHEMA chrona_vector CASCADE"));
    QVERIFY(!m_search->follow(*m_connection, kModel));
    QVERIFY(!m_search->find(*m_connection, {.model = kModel, .vector = vector}));
    m_search = VectorSearch::open(*m_connection).value();
    QVERIFY(m_search && m_search->follow(*m_connection, kModel));
    QCOMPARE(found({.model = kModel, .vector = vector}).size(), 1U);
}

QTEST_GUILESS_MAIN(TestVectorSearch)
#include "tst_vector_search.moc"
