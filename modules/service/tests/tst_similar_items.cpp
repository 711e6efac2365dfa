// SPDX-License-Identifier: AGPL-3.0-or-later
#include "enrichment_desk.h"
#include "news_world.h"
#include "settings.h"

#include "chrona/storage/case_store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace chrona;
using namespace chrona::service;

/// What stands in investigations is found by what it means, with a model and without.
class TestSimilarItems : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void notesAreFoundByMeaning();
};

void TestSimilarItems::notesAreFoundByMeaning()
{
    const auto database = storage::TestDatabase::open();
    QVERIFY(database);
    NewsWorld world(*database);
    storage::Connection &connection = world.connection();
    QTemporaryDir folder;
    const auto settings =
        Settings::open(folder.filePath(QStringLiteral("config.json")).toStdString()).value();
    LearnedTopics topics;
    EnrichmentDesk desk(EnrichmentDesk::Parts{
        *settings, topics, []() -> Result<std::string> { return std::string(); }, "Chrona/test"});
    schema::CaseItem head, note, other;
    head.id = {7};
    head.kind = schema::CaseItemKind::Case;
    head.title = "Health";
    note.id = {8};
    note.text = "Measles spread in the hospitals of Abville";
    other.id = {9};
    other.text = "Steel tariffs of Corstadt were announced";
    const std::vector items{head, note, other};
    const auto stored = storage::editCase(connection, {7}, items, NewsWorld::kNow);
    QVERIFY2(stored, stored ? "" : stored.error().what.c_str());
    ipc::CasesRequest asked;
    asked.text = "outbreak of measles, hospital";
    asked.byMeaning = true;
    auto found = desk.similarItems(connection, asked, {});
    QVERIFY2(found, found ? "" : found.error().what.c_str());
    QVERIFY(!found->hits.empty());
    QCOMPARE(found->hits[0].item.value, note.id.value);
    QCOMPARE(found->model, std::string("built-in 1"));
    QCOMPARE(found->cases.size(), std::size_t{1});
    // A model that is not there: the built-in vectors answer all the same.
    QVERIFY(settings->set("assist.ollama", "http://127.0.0.1:9"));
    QVERIFY(settings->set("assist.model", "m"));
    QVERIFY(settings->set("assist.embedding_model", "absent"));
    found = desk.similarItems(connection, asked, {});
    QVERIFY(found && !found->hits.empty());
    QCOMPARE(found->model, std::string("built-in 1"));
}

QTEST_GUILESS_MAIN(TestSimilarItems)
#include "tst_similar_items.moc"
