// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/near_duplicates.h"
#include "chrona/events/novelty.h"
#include "chrona/events/publisher_family.h"
#include "chrona/events/story_clusters.h"

#include <QTest>

#include <cmath>
#include <format>
#include <limits>
#include <map>
#include <set>

using namespace chrona;
using namespace chrona::events;

namespace {

constexpr Instant kStart{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};

Instant after(std::chrono::minutes minutes)
{
    return kStart + minutes;
}

/// Headlines of an invented story: it has four names of its own, each headline has three of them
/// and two words that no other has.
std::string inventedTitle(std::size_t story, std::size_t variant)
{
    static constexpr const char *kNames[] = {"Abville", "Corstadt", "Dunbrook", "Eldson"};
    std::string title;
    for (std::size_t i = 0; i < 4; ++i)
        if (i != variant % 4)
            title += std::format("{}{} ", kNames[i], story);
    return title + std::format("wok{0}x{1} zim{0}x{1}", story, variant);
}

std::vector<StoryMember> allMembers(StoryClusters &clusters)
{
    clusters.settle();
    auto all = clusters.takeFinal();
    for (const StoryMember &member : clusters.members())
        all.push_back(member);
    return all;
}

} // namespace

class TestStoryClusters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nearDuplicates_data();
    void nearDuplicates();
    void duplicatesNameTheFirst();
    void oldOnesAreNoDuplicates();
    void storiesAreFound();
    void batchesDoNotMatter();
    void theWindowIsBounded();
    void storiesKeepTheirNumbers();
    void corroborationCountsFamilies();
    void families_data();
    void families();
    void noveltyFades();
    void budgetIsNeverExceeded();
    void budgetPrefersTheBest();
};

void TestStoryClusters::nearDuplicates_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *name, const char *first, const char *second, bool same) {
        QTest::newRow(name) << QString::fromUtf8(first) << QString::fromUtf8(second) << same;
    };
    row("word for word", "Council closes old bridge for repairs",
        "Council closes old bridge for repairs", true);
    row("case, quotes and blanks", "Council closes \"old bridge\" for repairs",
        "COUNCIL CLOSES OLD  BRIDGE FOR REPAIRS", true);
    row("one word more", "Council closes old bridge for repairs",
        "Council closes the old bridge for repairs", true);
    row("a desk's mark", "Council closes old bridge for repairs",
        "UPDATE 2-Council closes old bridge for repairs", true);
    row("the publisher behind a bar", "Council closes old bridge for repairs",
        "Council closes old bridge for repairs | The Daily Span", true);
    row("the publisher behind a dash", "Council closes old bridge for repairs",
        "Council closes old bridge for repairs - Reuters", true);
    row("other numbers are other news", "Bank raises key rate by 25 basis points on Tuesday",
        "Bank raises key rate by 50 basis points on Tuesday", false);
    row("another direction is other news", "Bank raises key rate by 25 basis points on Tuesday",
        "Bank cuts key rate by 25 basis points on Tuesday", false);
    row("a denial is other news", "Minister will resign over bridge repairs",
        "Minister will not resign over bridge repairs", false);
    row("a few common words are not enough", "Council closes old bridge for repairs",
        "Old town bridge wins design award for council", false);
    row("short ones must be equal", "Bridge closed", "Bridge opened", false);
}

void TestStoryClusters::nearDuplicates()
{
    QFETCH(const QString, first);
    QFETCH(const QString, second);
    QFETCH(const bool, same);
    NearDuplicates duplicates;
    const std::string one = first.toStdString(), two = second.toStdString();
    QVERIFY(!duplicates.add(7, one, "Reuters", kStart));
    const auto found = duplicates.add(8, two, "Reuters", after(std::chrono::minutes(5)));
    QCOMPARE(found.has_value(), same);
    if (found)
        QCOMPARE(*found, std::uint64_t{7});
}

void TestStoryClusters::duplicatesNameTheFirst()
{
    NearDuplicates duplicates;
    const std::string_view title = "Ferry service to the island ends after ninety years";
    QVERIFY(!duplicates.add(1, title, "", kStart));
    QVERIFY(!duplicates.add(2, "Quite another thing happened at the harbour", "", kStart));
    QVERIFY(duplicates.add(3, title, "", kStart) == std::uint64_t{1});
    QVERIFY(duplicates.add(4, title, "", kStart) == std::uint64_t{1});
    QVERIFY(!duplicates.add(5, "", "", kStart));
    QVERIFY(!duplicates.add(6, "", "", kStart));
}

void TestStoryClusters::oldOnesAreNoDuplicates()
{
    NearDuplicates duplicates;
    const std::string_view title = "Weekly figures of the harbour office published";
    QVERIFY(!duplicates.add(1, title, "", kStart));
    QVERIFY(!duplicates.add(2, title, "", kStart + std::chrono::hours(73)));
}

void TestStoryClusters::storiesAreFound()
{
    constexpr std::size_t kStories = 12, kEach = 10;
    StoryClusters clusters;
    for (std::size_t i = 0; i < kStories * kEach; ++i) {
        const std::string title = inventedTitle(i % kStories, i / kStories);
        clusters.add({title, "", after(std::chrono::minutes(i))});
    }
    std::map<std::uint64_t, std::set<std::size_t>> towns;
    std::set<std::uint64_t> stories;
    for (const StoryMember &member : allMembers(clusters)) {
        towns[member.story].insert(member.item % kStories);
        QVERIFY(member.similarity > 0.5F && member.similarity <= 1);
    }
    QCOMPARE(towns.size(), kStories);
    for (const auto &[story, of] : towns)
        QCOMPARE(of.size(), std::size_t{1});
    for (const Story &story : clusters.stories()) {
        QCOMPARE(story.headlines, std::uint32_t{kEach});
        QVERIFY(story.firstAt < story.lastAt);
        QVERIFY(towns[story.story].contains(story.representative % kStories));
    }
}

void TestStoryClusters::batchesDoNotMatter()
{
    const auto run = [](std::size_t askEach) {
        StoryClusters clusters;
        std::vector<StoryMember> all;
        for (std::size_t i = 0; i < 2'500; ++i) {
            const std::string title = inventedTitle(i % 40, i / 40);
            clusters.add({title, "", after(std::chrono::minutes(2 * i))});
            if (i % askEach == 0)
                for (const StoryMember &member : clusters.takeFinal())
                    all.push_back(member);
        }
        for (const StoryMember &member : allMembers(clusters))
            all.push_back(member);
        std::vector<std::uint64_t> stories(all.size());
        for (const StoryMember &member : all)
            stories[member.item] = member.story;
        return stories;
    };
    const auto often = run(1);
    QCOMPARE(often.size(), std::size_t{2'500});
    QVERIFY(often == run(700));
}

void TestStoryClusters::theWindowIsBounded()
{
    StoryOptions options;
    options.headlinesMax = 100;
    StoryClusters clusters(options);
    std::set<std::uint64_t> seen;
    std::size_t final = 0;
    for (std::size_t i = 0; i < 5'000; ++i) {
        const std::string title = inventedTitle(i % 7, i);
        QCOMPARE(clusters.add({title, "", kStart}), std::uint64_t{i});
        for (const StoryMember &member : clusters.takeFinal()) {
            QVERIFY(seen.insert(member.item).second);
            ++final;
        }
    }
    QVERIFY(final >= 5'000 - 100 - StoryClusters::kSettleItems);
    clusters.settle();
    QCOMPARE(clusters.members().size(), std::size_t{100});
}

void TestStoryClusters::storiesKeepTheirNumbers()
{
    StoryClusters clusters;
    for (std::size_t i = 0; i < 20; ++i)
        clusters.add({inventedTitle(i % 2, i / 2), "", after(std::chrono::minutes(i))});
    clusters.settle();
    const auto before = clusters.members();
    for (std::size_t i = 0; i < 30; ++i)
        clusters.add({inventedTitle(i % 3, i / 3), "", after(std::chrono::minutes(20 + i))});
    clusters.settle();
    const auto later = clusters.members();
    for (std::size_t i = 0; i < before.size(); ++i)
        QCOMPARE(later[i].story, before[i].story);
}

void TestStoryClusters::corroborationCountsFamilies()
{
    StoryClusters clusters;
    const char *publishers[] = {"Reuters", "Reuters India", "in.reuters.com", "Bloomberg"};
    for (std::size_t i = 0; i < 4; ++i)
        clusters.add({inventedTitle(0, i), publishers[i], after(std::chrono::minutes(i))});
    clusters.settle();
    QCOMPARE(clusters.stories().size(), std::size_t{1});
    QCOMPARE(clusters.stories().front().headlines, 4U);
    QCOMPARE(clusters.stories().front().publisherFamilies, 2U);
}

void TestStoryClusters::families_data()
{
    QTest::addColumn<QByteArray>("publisher");
    QTest::addColumn<QByteArray>("family");
    const auto row = [](const char *publisher, const char *family) {
        QTest::newRow(publisher) << QByteArray(publisher) << QByteArray(family);
    };
    row("Reuters", "reuters");
    row("Reuters UK (blog)", "reuters");
    row("www.reuters.com", "reuters");
    row("MarketWatch", "dow jones");
    row("The Wall Street Journal", "dow jones");
    row("Today", "nbcuniversal");
    row("The Hindu", "hindu");
    row("The News International", "thenewsinternational");
    row("", "");
}

void TestStoryClusters::families()
{
    QFETCH(const QByteArray, publisher);
    QFETCH(const QByteArray, family);
    QCOMPARE(QByteArray::fromStdString(publisherFamily(publisher.toStdString())), family);
}

void TestStoryClusters::noveltyFades()
{
    Novelty novelty;
    const std::string_view title = "Ferry service to the island ends after ninety years";
    QVERIFY(novelty.add({title, "", kStart}) > 0.99);
    QVERIFY(novelty.add({title, "", kStart + std::chrono::minutes(1)}) < 0.1);
    const double like = novelty.add(
        {"Island ferry service: ninety years of history", "", kStart + std::chrono::minutes(2)});
    QVERIFY(like > 0.1 && like < 0.9);
    QVERIFY(novelty.add({"Council elects a mayor", "", kStart}) > 0.9);
    const double aDayOn = novelty.add({title, "", kStart + std::chrono::hours(25)});
    QVERIFY(aDayOn > 0.4 && aDayOn < 0.6);
}

void TestStoryClusters::budgetIsNeverExceeded()
{
    AdmissionBudget budget({60, 10, 0.2}, kStart);
    int admitted = 0;
    for (int second = 0; second < 3'600; ++second)
        admitted +=
            budget.decide({1, 1}, kStart + std::chrono::seconds(second)) == Admission::Admitted;
    QVERIFY2(admitted >= 60 && admitted <= 70, qPrintable(QString::number(admitted)));
    const double left = budget.left();
    QVERIFY(budget.decide({1, 0.1}, kStart) == Admission::NotWorth); // and no time is given back
    QCOMPARE(budget.left(), left);
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(budget.decide({kNaN, 1}, kStart) == Admission::NotWorth);
}

void TestStoryClusters::budgetPrefersTheBest()
{
    AdmissionBudget budget({0, 10, 0.2}, kStart);
    for (int i = 0; i < 6; ++i)
        QVERIFY(budget.decide({1, 1}, kStart) == Admission::Admitted);
    QVERIFY(budget.decide({0.5, 0.6}, kStart) == Admission::Deferred);
    QVERIFY(budget.decide({1, 1}, kStart) == Admission::Admitted);
}

QTEST_APPLESS_MAIN(TestStoryClusters)
#include "tst_story_clusters.moc"
