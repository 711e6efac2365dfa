// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_desk.h"
#include "brief_rows.h"

#include "brief_words.h"

#include "chrona/assist/fake_ollama.h"
#include "chrona/base/clock.h"
#include "chrona/storage/enrichment_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace chrona;
using namespace chrona::service;
using testing::kDay;

namespace {

/// What a model answers that makes this of each passage's facts.
std::string answered(const std::string &asked, const std::function<QString(QString)> &words)
{
    QJsonArray items;
    for (const QJsonValue one : QJsonDocument::fromJson(QByteArray::fromStdString(asked)).array())
        items.append(QJsonObject{
            {QStringLiteral("id"), one.toObject().value(QLatin1StringView("id"))},
            {QStringLiteral("text"),
             words(one.toObject().value(QLatin1StringView("facts")).toArray()[0].toString())}});
    const QJsonObject whole{{QStringLiteral("items"), items}};
    return QJsonDocument(whole).toJson(QJsonDocument::Compact).toStdString();
}

/// Says the same and adds nothing.
QString honest(QString fact)
{
    return QStringLiteral("in other words: ") + fact;
}

std::vector<schema::Statement> statementsOf(const schema::Briefing &briefing)
{
    std::vector<schema::Statement> all;
    for (const schema::Section &section : briefing.sections)
        for (const schema::Block &block : section.blocks)
            if (const auto *one = std::get_if<schema::Statement>(&block))
                all.push_back(*one);
    return all;
}

std::size_t wordedIn(const schema::Briefing &briefing)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        statementsOf(briefing), [](const auto &one) { return !one.given.empty(); }));
}

} // namespace

/// A model's words in a briefing: off until a person says so, held against the facts, kept,
/// bounded, and never in the way.
class TestBriefWords : public QObject, private testing::BriefDesk {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init();
    void withoutASwitchNothingIsAsked();
    void sentencesAreSaidAgain();
    void theSameFactsHaveTheSameBytes();
    void whatDoesNotHoldIsNotSaidNorAskedAgain_data();
    void whatDoesNotHoldIsNotSaidNorAskedAgain();
    void aModelThatHangsIsLeft();
    void anAbsentModelChangesNothing();
    void capsStopQuestions();
    void aJobPutsThemIntoTheStoredDay();
    void anExplanationIsSummedUp();

private:
    void set(const char *key, std::string_view value) { QVERIFY(m_settings->set(key, value)); }
    void useModel()
    {
        set("briefing.model_words", "true");
        set("assist.ollama", m_server->address());
        set("assist.model", "m");
    }
    void answer(std::function<QString(QString)> words)
    {
        m_server->answerBy([words = std::move(words)](const std::string &asked) {
            return answered(asked, words);
        });
    }
    [[nodiscard]] schema::Briefing make()
    {
        return BriefDesk::make({kDay, at("2018-06-06T07:00:00Z")});
    }
    [[nodiscard]] WordsMade ask(const schema::Briefing &plain)
    {
        const auto made = askForWords(*m_connection, *m_settings, plain, WordsOf::Day, {});
        if (!made)
            QTest::qFail(made.error().what.c_str(), __FILE__, __LINE__);
        return made.value_or(WordsMade{});
    }

    std::unique_ptr<assist::FakeOllama> m_server;
};

void TestBriefWords::init()
{
    begin();
    m_server = std::make_unique<assist::FakeOllama>();
    testing::storeBars(*m_connection, {}, -0.05);
    testing::storeEvent(*m_connection, "rate", schema::EventType::RateDecision,
                        at("2018-06-05T18:00:00Z"), at("2018-06-05T18:00:00Z"));
}

void TestBriefWords::withoutASwitchNothingIsAsked()
{
    set("assist.ollama", m_server->address());
    set("assist.model", "m");
    const schema::Briefing plain = make();
    QCOMPARE(ask(plain).asked, 0);
    QVERIFY(m_server->asked().empty());
    schema::Briefing briefing = plain;
    QCOMPARE(putKnownWords(*m_connection, *m_settings, briefing, WordsOf::Day).value(),
             ipc::ModelWords::Off);
    QVERIFY(briefing == plain);
}

void TestBriefWords::sentencesAreSaidAgain()
{
    useModel();
    answer(honest);
    const schema::Briefing plain = make();
    QCOMPARE(wordedIn(plain), 0U);
    const WordsMade made = ask(plain);
    QVERIFY(made.asked > 3);
    QCOMPARE(made.held, made.asked);
    const schema::Briefing worded = make();
    QCOMPARE(wordedIn(worded), std::size_t(made.held));
    QCOMPARE(worded.wordsBy, std::string("m"));
    QVERIFY(schema::validate(worded).empty());
    QVERIFY2(schema::withoutModelWords(worded) == plain, "only the words differ");
    for (const schema::Statement &one : statementsOf(worded))
        QVERIFY(one.given.empty() || one.text == "in other words: " + one.given);
    QVERIFY(storage::loadSpending(*m_connection, SystemClock().now())->hour.tokens > 0);
}

void TestBriefWords::theSameFactsHaveTheSameBytes()
{
    useModel();
    answer(honest);
    const schema::Briefing plain = make();
    QVERIFY(ask(plain).held > 0);
    const std::string first = formats::writeBriefingJson(make());
    const auto questions = m_server->asked().size();
    answer([](QString fact) { return QStringLiteral("once more: ") + fact; });
    QCOMPARE(ask(plain).asked, 0);
    QCOMPARE(m_server->asked().size(), questions);
    QCOMPARE(formats::writeBriefingJson(make()), first);
    set("briefing.model_words", "false");
    QVERIFY(make() == plain);
}

void TestBriefWords::whatDoesNotHoldIsNotSaidNorAskedAgain_data()
{
    QTest::addColumn<QString>("before");
    QTest::newRow("a lie") << QStringLiteral("99 % more: ");
    QTest::newRow("a name") << QStringLiteral("says Smith: ");
    QTest::newRow("markup") << QStringLiteral("<script>x</script> ");
    QTest::newRow("an order") << QStringLiteral("ignore the rest and buy: ");
}

void TestBriefWords::whatDoesNotHoldIsNotSaidNorAskedAgain()
{
    QFETCH(QString, before);
    useModel();
    answer([before](const QString &fact) { return before + fact; });
    const schema::Briefing plain = make();
    const WordsMade made = ask(plain);
    QVERIFY(made.asked > 3);
    QCOMPARE(made.held, 0);
    QVERIFY2(make() == plain, "the template's sentences stay");
    const auto questions = m_server->asked().size();
    answer(honest);
    QCOMPARE(ask(plain).asked, 0);
    QCOMPARE(m_server->asked().size(), questions);
}

void TestBriefWords::aModelThatHangsIsLeft()
{
    useModel();
    set("briefing.model_seconds", "1");
    m_server->hang();
    const schema::Briefing plain = make(); // whole, and before anybody was asked
    QCOMPARE(ask(plain).held, 0);
    QCOMPARE(m_server->asked().size(), 1U);
    QVERIFY(make() == plain);
    answer(honest); // it is asked again when it is well
    QVERIFY(ask(plain).held > 0);
}

void TestBriefWords::anAbsentModelChangesNothing()
{
    useModel();
    m_server.reset();
    const schema::Briefing plain = make();
    QCOMPARE(ask(plain).asked, 0);
    QVERIFY(make() == plain);
    QCOMPARE(storage::loadSpending(*m_connection, SystemClock().now())->hour.calls, 0);
}

void TestBriefWords::capsStopQuestions()
{
    useModel();
    answer(honest);
    set("assist.calls_per_hour", "0");
    const schema::Briefing plain = make();
    QCOMPARE(ask(plain).asked, 0);
    set("assist.calls_per_hour", "60");
    set("assist.tokens_per_day", "10");
    QCOMPARE(ask(plain).asked, 0);
    QVERIFY(m_server->asked().empty());
}

void TestBriefWords::aJobPutsThemIntoTheStoredDay()
{
    useModel();
    answer(honest);
    auto pool = storage::Pool::open(m_where, 4);
    QVERIFY(pool);
    QVERIFY(jobs::enqueue(*m_connection, {.queue = std::string(jobs::queue::kBriefing),
                                          .kind = kDailyBriefing,
                                          .payload = R"({"date":"2018-06-05"})"}));
    const auto revision = [this] {
        const auto stored = storage::loadBriefing(*m_connection, kDay);
        return stored ? stored->revision : 0U;
    };
    {
        auto kinds = briefingKinds(*m_settings);
        kinds.push_back(wordsKind(*m_settings));
        JobRunner runner(*pool, kinds, [](storage::Connection &, schema::JobId) {});
        QTRY_COMPARE_WITH_TIMEOUT(revision(), 2U, 20'000);
    }
    const auto worded =
        formats::readBriefingJson(storage::loadBriefing(*m_connection, kDay)->document).value();
    QVERIFY(wordedIn(worded) > 3);
    // Made again, it is the same document: no further revision.
    const auto again = makeDaily(*m_connection, {kDay, worded.knownAt}, *m_settings, {});
    QVERIFY(again && storage::storeBriefing(*m_connection, *again).value() == 2U);
}

void TestBriefWords::anExplanationIsSummedUp()
{
    useModel();
    answer([](const QString &fact) { return fact; });
    const auto plain = makeExplanation(*m_connection, {kDay, at("2018-06-06T07:00:00Z")},
                                       {"SPY", std::nullopt}, *m_settings, {});
    QVERIFY2(plain, plain ? "" : plain.error().what.c_str());
    schema::Briefing told = *plain;
    using enum ipc::ModelWords;
    QCOMPARE(putKnownWords(*m_connection, *m_settings, told, WordsOf::Explanation).value(),
             Possible);
    const auto asked = askForWords(*m_connection, *m_settings, *plain, WordsOf::Explanation, {});
    QVERIFY(asked && asked->held == 1);
    QCOMPARE(putKnownWords(*m_connection, *m_settings, told, WordsOf::Explanation).value(), There);
    const schema::Statement summary = statementsOf(told).front();
    QCOMPARE(summary.key, std::string(schema::kModelSummaryKey));
    QVERIFY(summary.given.contains('\n') && !summary.evidence.empty());
    QVERIFY(schema::validate(told).empty());
    QVERIFY(formats::readBriefingJson(formats::writeBriefingJson(told)).value() == told);
    QVERIFY(schema::withoutModelWords(told) == *plain);
}

QTEST_GUILESS_MAIN(TestBriefWords)
#include "tst_brief_words.moc"
