// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_folder.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace chrona;
using namespace chrona::service;
using formats::TickRecord;

/// Days of ticks in files, and what is left of them after a program was killed.
class TestTickFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void aDayHasItsOwnFiles();
    void halfABlockIsCutOffAndNothingElse();
    void aFileThatIsNoneIsRemoved();
    void theBudgetAndTheAgeAreKept();
    void aFolderThatCannotBeMadeIsTold();

private:
    [[nodiscard]] TickFolder::Options options() const
    {
        TickFolder::Options options;
        options.folder = std::filesystem::path(m_dir->path().toStdString()) / "ticks";
        return options;
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

namespace {

constexpr std::int64_t kMorningMs = 1'700'035'200'000; ///< 2023-11-15 08:00
constexpr std::int64_t kDayMs = 86'400'000;

std::vector<TickRecord> ticksAt(std::int64_t atMs, std::size_t count = 10)
{
    std::vector<TickRecord> records(count);
    for (std::size_t i = 0; i < count; ++i) {
        records[i].atMs = atMs + static_cast<std::int64_t>(i);
        records[i].last = 1.0 / static_cast<double>(7 * i + 3); // does not pack well
    }
    return records;
}

std::string bytesOf(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// All records of a folder, or nothing where a file is not whole.
std::optional<std::size_t> countIn(const std::filesystem::path &folder)
{
    std::size_t count = 0;
    for (const auto &path : tickFilesBelow(folder)) {
        const std::string bytes = bytesOf(path);
        auto reader = formats::TickSegmentReader::open(bytes);
        std::vector<TickRecord> records;
        while (reader && reader->next(records))
            count += records.size();
        if (!reader || !reader->isAtEnd())
            return std::nullopt;
    }
    return count;
}

} // namespace

void TestTickFolder::aDayHasItsOwnFiles()
{
    TickFolder folder(options(), "about");
    QVERIFY(folder.open());
    QVERIFY(folder.append(ticksAt(kMorningMs)));
    QVERIFY(folder.append(ticksAt(kMorningMs + 5'000)));
    QVERIFY(folder.append(ticksAt(kMorningMs + kDayMs)));
    const auto files = tickFilesBelow(options().folder);
    QCOMPARE(files.size(), std::size_t{2});
    QVERIFY(files[0].string().ends_with("2023-11-15/080000-000.ticks"));
    QVERIFY(files[1].string().ends_with("2023-11-16/080000-000.ticks"));
    QCOMPARE(countIn(options().folder), std::optional<std::size_t>(30));
    QCOMPARE(folder.figures().segments, std::uint64_t{2});
    QCOMPARE(folder.figures().oldest, Instant(std::chrono::sys_days(
                                          std::chrono::year(2023) / 11 / 15)));
}

void TestTickFolder::halfABlockIsCutOffAndNothingElse()
{
    std::uintmax_t whole = 0, more = 0;
    {
        TickFolder folder(options(), "about");
        QVERIFY(folder.open());
        QVERIFY(folder.append(ticksAt(kMorningMs)));
        whole = std::filesystem::file_size(tickFilesBelow(options().folder)[0]);
        QVERIFY(folder.append(ticksAt(kMorningMs + 5'000)));
        more = std::filesystem::file_size(tickFilesBelow(options().folder)[0]);
    }
    const auto path = tickFilesBelow(options().folder)[0];
    const std::string all = bytesOf(path);
    // Killed at any byte of the second block: the first, which was acknowledged, is there.
    for (std::uintmax_t size = whole; size < more; size += 7) {
        std::ofstream(path, std::ios::binary | std::ios::trunc)
            .write(all.data(), static_cast<std::streamsize>(size));
        TickFolder again(options(), "about");
        QVERIFY(again.open());
        QCOMPARE(std::filesystem::file_size(path), whole);
        QCOMPARE(countIn(options().folder), std::optional<std::size_t>(10));
    }
    // And what is kept afterwards lies in another file.
    TickFolder again(options(), "about");
    QVERIFY(again.open());
    QVERIFY(again.append(ticksAt(kMorningMs)));
    QCOMPARE(countIn(options().folder), std::optional<std::size_t>(20));
}

void TestTickFolder::aFileThatIsNoneIsRemoved()
{
    std::filesystem::create_directories(options().folder / "2023-11-15");
    std::ofstream(options().folder / "2023-11-15" / "070000-000.ticks") << "CHRTI";
    TickFolder folder(options(), "about");
    QVERIFY(folder.open());
    QVERIFY(tickFilesBelow(options().folder).empty());
}

void TestTickFolder::theBudgetAndTheAgeAreKept()
{
    TickFolder::Options narrow = options();
    narrow.segmentBytes = 20'000;
    narrow.bytesMax = 100'000;
    narrow.daysMax = 3;
    TickFolder folder(narrow, "about");
    QVERIFY(folder.open());
    for (int block = 0; block < 60; ++block)
        QVERIFY(folder.append(ticksAt(kMorningMs + block * 5'000, 1'000)));
    QVERIFY(tickFilesBelow(narrow.folder).size() > 2);
    QVERIFY2(folder.figures().bytes <= narrow.bytesMax + narrow.segmentBytes,
             qPrintable(QString::number(folder.figures().bytes)));
    // What is left is the newest.
    const auto last = bytesOf(tickFilesBelow(narrow.folder).back());
    auto reader = formats::TickSegmentReader::open(last);
    std::vector<TickRecord> records, newest;
    while (reader->next(records))
        newest = records;
    QCOMPARE(newest.front().atMs, kMorningMs + 59 * 5'000);
    // Four days later only the new day is left.
    QVERIFY(folder.append(ticksAt(kMorningMs + 4 * kDayMs)));
    QCOMPARE(tickFilesBelow(narrow.folder).size(), std::size_t{1});
    QVERIFY(!std::filesystem::exists(narrow.folder / "2023-11-15"));
}

void TestTickFolder::aFolderThatCannotBeMadeIsTold()
{
    TickFolder::Options blocked = options();
    std::ofstream(blocked.folder) << "a file is in the way";
    TickFolder folder(blocked, "about");
    QVERIFY(!folder.open());
    QVERIFY(!folder.append(ticksAt(kMorningMs)));
}

QTEST_GUILESS_MAIN(TestTickFolder)
#include "tst_tick_folder.moc"
