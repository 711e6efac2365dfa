// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/story_days.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <string>

using namespace chrona;
using namespace chrona::events;
using std::chrono::days;
using std::chrono::hours;

namespace {

constexpr Instant kDay{std::chrono::sys_days(std::chrono::year(2026) / 3 / 10)};

struct Told {
    std::int64_t event;
    Instant at;
    std::string title;
    std::string publisher = "wire";
};

/// Two stories that go on over days, one that ends, one that begins.
const std::vector<Told> kReports = {
    {1, kDay - days(2) + hours(9), "Abville harbour strike halts ferries to Corstadt"},
    {2, kDay - days(2) + hours(10), "Ferries to Corstadt halted as Abville harbour strike begins",
     "other"},
    {3, kDay - days(1) + hours(8),
     "Abville harbour strike enters second day, Corstadt ferries idle"},
    {4, kDay - days(1) + hours(9), "Dunbrook observatory finds comet with green tail"},
    {5, kDay + hours(7), "Corstadt ferries still idle as Abville harbour strike goes on"},
    {6, kDay + hours(8), "Eldson cheese fair opens with record wheel of cheese"},
    {7, kDay + hours(9), "Record wheel of cheese at Eldson cheese fair", "other"},
};

std::vector<DayReport> reportsFor(Instant day, const std::map<std::int64_t, std::int64_t> &stories)
{
    std::vector<DayReport> reports;
    for (const Told &told : kReports) {
        if (told.at < day - days(kStoryDaysBefore) || told.at >= day + days(1))
            continue;
        DayReport report{told.event, told.title, told.publisher, told.at};
        if (const auto found = stories.find(told.event); found != stories.end())
            report.story = found->second;
        reports.push_back(report);
    }
    return reports;
}

/// Day by day from `first` on: the story of each report, by its first event.
std::map<std::int64_t, std::int64_t> storiesFrom(Instant first)
{
    std::map<std::int64_t, std::int64_t> stories;
    for (Instant day = first; day <= kDay; day += days(1)) {
        const auto reports = reportsFor(day, stories);
        const auto begin = std::ranges::count_if(
            reports, [day](const DayReport &report) { return report.at < day; });
        const auto members = storiesOfDay(reports, static_cast<std::size_t>(begin));
        for (const DayMember &member : members.value())
            stories[member.event] = member.story.value_or(member.first);
    }
    return stories;
}

} // namespace

class TestStoryDays : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storiesGoOnOverDays();
    void theStartDoesNotMatter();
    void duplicatesAndNoveltyAreTold();
    void nothingIsAStoryOfNothing();
    void aStopEndsIt();
};

void TestStoryDays::storiesGoOnOverDays()
{
    auto stories = storiesFrom(kDay - days(2));
    QCOMPARE(stories.size(), kReports.size());
    QCOMPARE(stories[2], stories[1]);
    QCOMPARE(stories[3], stories[1]);
    QCOMPARE(stories[5], stories[1]); // across two midnights
    QCOMPARE(stories[1], std::int64_t{1});
    QCOMPARE(stories[4], std::int64_t{4});
    QCOMPARE(stories[7], stories[6]);
    QVERIFY(stories[6] != stories[1] && stories[4] != stories[1]);
}

void TestStoryDays::theStartDoesNotMatter()
{
    QCOMPARE(storiesFrom(kDay - days(30)), storiesFrom(kDay - days(2)));
}

void TestStoryDays::duplicatesAndNoveltyAreTold()
{
    const auto reports = reportsFor(kDay, {});
    const auto members = storiesOfDay(reports, 4).value();
    QCOMPARE(members.size(), std::size_t{3});
    QVERIFY(members[1].novelty > members[0].novelty); // the fair is new, the strike is not
    QVERIFY(members[2].novelty < members[1].novelty);
    for (const DayMember &member : members) {
        QVERIFY(member.similarity >= 0 && member.similarity <= 1);
        QVERIFY(member.novelty >= 0 && member.novelty <= 1);
        QVERIFY(member.duplicateOf != member.event);
    }
}

void TestStoryDays::nothingIsAStoryOfNothing()
{
    QVERIFY(storiesOfDay({}, 0)->empty());
    const auto reports = reportsFor(kDay, {});
    QVERIFY(storiesOfDay(reports, reports.size())->empty());
}

void TestStoryDays::aStopEndsIt()
{
    std::stop_source source;
    source.request_stop();
    const auto members = storiesOfDay(reportsFor(kDay, {}), 4, source.get_token());
    QVERIFY(!members);
    QVERIFY(members.error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestStoryDays)
#include "tst_story_days.moc"
