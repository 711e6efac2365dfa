// SPDX-License-Identifier: AGPL-3.0-or-later
#include "beekeeper_headlines.h"
#include "programs.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;
using chrona::events::test::kPolitics;
using chrona::events::test::kTrade;

namespace {

bool isAmong(std::span<const char *const> titles, const QString &title)
{
    return std::ranges::any_of(
        titles, [&](const char *one) { return title.startsWith(QLatin1StringView(one)); });
}

} // namespace

/// What a person puts right in a shell: kept, obeyed, learned from, taken back.
class TestCorrectionCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void topicHoldsWhenTheEventIsReadAgain();
    void storyIsLeft();
    void wordsThatAreNoneAreRefused();
    void correctionsTeach();
    void likeEventsAreFoundAndCounted();

private:
    void import(const QString &suffix)
    {
        QByteArray csv = "type,title,observed_at,source_ref,attributes\n";
        for (int i = 0; i < m_titles.size(); ++i)
            csv += QStringLiteral("news,%1%2,%3,%4,\"{\"\"publisher\"\":\"\"desk.example\"\"}\"\n")
                       .arg(m_titles[i], suffix, m_begin.addSecs(60 * i).toString(Qt::ISODate),
                            QString::number(i))
                       .toUtf8();
        const Ran ran = m_programs.chronactl(
            {u"import"_s, u"--kind"_s, u"events"_s, m_programs.file(u"news.csv"_s, csv)});
        QVERIFY2(ran.code == 0, qPrintable(ran.err));
    }
    [[nodiscard]] QList<QJsonObject> lines(const QStringList &words) const
    {
        QList<QJsonObject> objects;
        for (const QString &line : m_programs.chronactl(words).out.split(u'\n', Qt::SkipEmptyParts))
            objects.append(QJsonDocument::fromJson(line.toUtf8()).object());
        return objects;
    }
    [[nodiscard]] QString idOf(const QString &text) const
    {
        const auto found = lines({u"events"_s, u"--text"_s, text});
        return found.isEmpty() ? QString() : found[0][u"id"_s].toVariant().toString();
    }
    [[nodiscard]] Ran correct(const QString &id, const QStringList &words) const
    {
        return m_programs.chronactl(QStringList{u"events"_s, u"correct"_s, id} + words);
    }
    [[nodiscard]] qsizetype aboutTrade() const
    {
        return lines({u"events"_s, u"--entity"_s, u"topic:trade"_s}).size();
    }
    /// Events that are linked to a target which news of trade exposes.
    [[nodiscard]] qsizetype aboutIndustrials() const
    {
        return lines({u"events"_s, u"--entity"_s, u"instrument:XLI"_s}).size();
    }

    Programs m_programs;
    QDateTime m_begin = QDateTime::currentDateTimeUtc().addSecs(-36'000);
    QStringList m_titles{u"Abville harbour strike halts ferries to Corstadt"_s,
                         u"Ferries to Corstadt halted as Abville harbour strike begins"_s,
                         u"Central bank raises interest rates to fight inflation"_s};
};

void TestCorrectionCommands::initTestCase()
{
    for (const char *title : kTrade)
        m_titles += QLatin1StringView(title);
    for (const char *title : kPolitics)
        m_titles += QLatin1StringView(title);
    QVERIFY(m_programs.startService());
    import({});
    QCOMPARE(m_programs.chronactl({u"run"_s, u"clusters"_s, u"--wait"_s}).code, 0);
}

void TestCorrectionCommands::topicHoldsWhenTheEventIsReadAgain()
{
    const QString id = idOf(u"halts ferries"_s);
    QVERIFY(!id.isEmpty());
    QCOMPARE(aboutTrade(), 0);
    const Ran ran = correct(id, {u"--topic"_s, u"trade"_s, u"--json"_s});
    QVERIFY2(ran.code == 0, qPrintable(ran.err));
    QVERIFY(QJsonDocument::fromJson(ran.out.toUtf8()).object()[u"before"_s].isNull());
    QCOMPARE(aboutTrade(), 1);
    QCOMPARE(aboutIndustrials(), 1);
    import(u" - revised"_s); // every event is a revision now
    QCOMPARE(aboutTrade(), 1);
    QCOMPARE(aboutIndustrials(), 1);
    const auto kept = lines({u"events"_s, u"corrections"_s});
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept[0][u"kind"_s].toString(), u"topic"_s);
    QCOMPARE(kept[0][u"value"_s].toString(), u"trade"_s);
    QCOMPARE(correct(id, {u"--topic"_s, u"x"_s, u"--undo"_s}).code, 0);
    QCOMPARE(aboutTrade(), 0);
    QCOMPARE(aboutIndustrials(), 0);
    QVERIFY(lines({u"events"_s, u"corrections"_s}).isEmpty());
}

void TestCorrectionCommands::storyIsLeft()
{
    const auto stories = [this] { return lines({u"clusters"_s, u"--text"_s, u"ferries"_s}); };
    QCOMPARE(m_programs.chronactl({u"run"_s, u"clusters"_s, u"--wait"_s}).code, 0);
    QCOMPARE(stories().size(), 1);
    const QString id = idOf(u"halts ferries"_s);
    QCOMPARE(correct(id, {u"--story"_s, u"apart"_s}).code, 0);
    QCOMPARE(m_programs.chronactl({u"run"_s, u"clusters"_s, u"--wait"_s}).code, 0);
    const auto apart = stories();
    QCOMPARE(apart.size(), 2);
    // And back, into the other one by its number.
    const auto other = std::ranges::find_if(apart, [&](const QJsonObject &story) {
        return story[u"representative"_s].toString() != id;
    });
    QVERIFY(other != apart.end());
    QCOMPARE(correct(id, {u"--story"_s, (*other)[u"id"_s].toString()}).code, 0);
    QCOMPARE(m_programs.chronactl({u"run"_s, u"clusters"_s, u"--wait"_s}).code, 0);
    QCOMPARE(stories().size(), 1);
    QCOMPARE(correct(id, {u"--story"_s, u"apart"_s, u"--undo"_s}).code, 0);
}

void TestCorrectionCommands::wordsThatAreNoneAreRefused()
{
    const QString id = idOf(u"halts ferries"_s);
    QCOMPARE(correct(id, {}).code, 2);
    QCOMPARE(correct(id, {u"--topic"_s, u"gossip"_s}).code, 2);
    QCOMPARE(correct(id, {u"--topic"_s, u"trade"_s, u"--story"_s, u"apart"_s}).code, 2);
    QCOMPARE(correct(id, {u"--relevance"_s, u"maybe"_s}).code, 2);
    QCOMPARE(correct(u"abc"_s, {u"--topic"_s, u"trade"_s}).code, 2);
    for (const QStringList &words :
         {QStringList{u"--story"_s, u"123"_s}, QStringList{u"--add-entity"_s, u"country:XX"_s}}) {
        const Ran ran = correct(id, words);
        QCOMPARE(ran.code, 1);
        QCOMPARE(ran.err.count(u'\n'), 1);
    }
    QCOMPARE(correct(u"77"_s, {u"--topic"_s, u"trade"_s}).code, 1);
    QVERIFY(lines({u"events"_s, u"corrections"_s}).isEmpty());
}

void TestCorrectionCommands::correctionsTeach()
{
    for (const QJsonObject &event : lines({u"events"_s})) {
        const QString title = event[u"title"_s].toString();
        const bool isTrade = isAmong(kTrade, title);
        if (!isTrade && !isAmong(kPolitics, title))
            continue;
        const Ran ran = correct(event[u"id"_s].toVariant().toString(),
                                {u"--topic"_s, isTrade ? u"trade"_s : u"politics"_s});
        QVERIFY2(ran.code == 0, qPrintable(ran.err));
    }
    QCOMPARE(aboutTrade(), 16);
    QCOMPARE(m_programs.chronactl({u"run"_s, u"topics"_s, u"--wait"_s}).code, 0);
    const auto shown = lines({u"events"_s, u"corrections"_s});
    QCOMPARE(shown.size(), 25);
    QCOMPARE(shown[0][u"model"_s].toString(), u"topic"_s);
    QCOMPARE(shown[0][u"corrections"_s].toInt(), 24);
    QVERIFY(shown[0][u"score"_s].toDouble() > shown[0][u"baseline"_s].toDouble());
    QVERIFY(shown[0][u"used"_s].toBool());
}

void TestCorrectionCommands::likeEventsAreFoundAndCounted()
{
    const auto counts = [this] {
        return QJsonDocument::fromJson(
                   m_programs.chronactl({u"status"_s, u"--json"_s}).out.toUtf8())
            .object()[u"enrichment"_s]
            .toObject();
    };
    QVERIFY(!counts().isEmpty()); // a page just read must not hide what the job made
    QCOMPARE(m_programs.chronactl({u"run"_s, u"enrichment"_s, u"--wait"_s}).code, 0);
    const QJsonObject status = counts();
    QVERIFY(status[u"admitted_24h"_s].toInt() >= 1);
    QCOMPARE(status[u"embedded"_s].toInt(), status[u"admitted_24h"_s].toInt());
    QCOMPARE(status[u"language_model"_s].toString(), QString());
    const auto found = lines({u"events"_s, u"search"_s, u"--like"_s,
                              u"interest rates of the central bank"_s, u"--limit"_s, u"3"_s});
    QVERIFY(!found.isEmpty());
    QVERIFY(found[0][u"title"_s].toString().startsWith(u"Central bank"_s));
    QVERIFY(found[0][u"similarity"_s].toDouble() > 0.3);
    QCOMPARE(m_programs.chronactl({u"events"_s, u"search"_s}).code, 2);
    QCOMPARE(m_programs.chronactl({u"events"_s, u"search"_s, u"--like-event"_s, u"77"_s}).code, 1);
}

QTEST_GUILESS_MAIN(TestCorrectionCommands)
#include "tst_correction_commands.moc"
