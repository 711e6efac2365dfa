// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/endpoint.h"
#include "chrona/workspace/data_move.h"

#include <QFile>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::workspace;

namespace fs = std::filesystem;

namespace {

const QString kOtherDisk = u"/dev/shm/chrona-move-XXXXXX"_s;

void putFile(const fs::path &path, const QByteArray &bytes)
{
    fs::create_directories(path.parent_path());
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", path.c_str());
}

QByteArray bytesOf(const fs::path &path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// A data folder that goes elsewhere: whole, or not at all.
class TestDataMove : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void folderIsMovedAndFound();
    void otherDiskIsCopied();
    void stoppedCopyLeavesEverything();
    void usedFolderStays();
    void unfitPlacesAreRefused();
    void noteIsForgotten();

private:
    [[nodiscard]] fs::path at(const char *name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    void makeData(const fs::path &folder) const
    {
        putFile(folder / "config.json", "{}");
        putFile(folder / "postgres" / "data" / "PG_VERSION", "17\n");
        putFile(folder / "token", "secret");
        fs::permissions(folder / "token", fs::perms::owner_read | fs::perms::owner_write);
    }

    [[nodiscard]] bool isOtherDisk(const QTemporaryDir &folder) const
    {
        return folder.isValid() &&
               QStorageInfo(folder.path()).device() != QStorageInfo(m_folder->path()).device();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDataMove::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", at("config").string().c_str());
    qunsetenv("CHRONA_DATA_DIR");
    makeData(at("data"));
}

void TestDataMove::folderIsMovedAndFound()
{
    const auto moved = moveDataFolder(at("data"), at("new") / "place");
    QVERIFY2(moved.has_value(), moved ? "" : moved.error().what.c_str());
    QVERIFY(!fs::exists(at("data")));
    QCOMPARE(bytesOf(at("new") / "place" / "postgres" / "data" / "PG_VERSION"), "17\n"_ba);
    QCOMPARE(ipc::defaultDataFolder(), at("new") / "place");
    // Who is told another folder keeps to it.
    qputenv("CHRONA_DATA_DIR", at("other").string().c_str());
    QCOMPARE(ipc::defaultDataFolder(), at("other"));
}

void TestDataMove::otherDiskIsCopied()
{
    const QTemporaryDir other(kOtherDisk);
    if (!isOtherDisk(other))
        QSKIP("there is no second disk here");
    const fs::path to = fs::path(other.path().toStdString()) / "moved";
    std::uint64_t told = 0;
    const auto moved = moveDataFolder(at("data"), to, [&told](const MoveProgress &news) {
        told = news.totalBytes;
        QVERIFY(news.doneBytes <= news.totalBytes);
    });
    QVERIFY2(moved.has_value(), moved ? "" : moved.error().what.c_str());
    QVERIFY(told > 0);
    QCOMPARE(bytesOf(to / "token"), "secret"_ba);
    QCOMPARE(fs::status(to / "token").permissions(),
             fs::perms::owner_read | fs::perms::owner_write);
    QVERIFY(!fs::exists(at("data")));
    QCOMPARE(ipc::defaultDataFolder(), to);
}

void TestDataMove::stoppedCopyLeavesEverything()
{
    const QTemporaryDir other(kOtherDisk);
    if (!isOtherDisk(other))
        QSKIP("there is no second disk here");
    const fs::path to = fs::path(other.path().toStdString()) / "moved";
    std::stop_source stop;
    const auto moved = moveDataFolder(
        at("data"), to, [&stop](const MoveProgress &) { stop.request_stop(); }, stop.get_token());
    QVERIFY(!moved);
    QVERIFY(moved.error().code == ErrorCode::Cancelled);
    QVERIFY(!fs::exists(to));
    QCOMPARE(bytesOf(at("data") / "token"), "secret"_ba);
    QVERIFY(ipc::defaultDataFolder() != to);
}

void TestDataMove::usedFolderStays()
{
    putFile(at("data") / "lock", "1\n");
    const int lock = ::open((at("data") / "lock").c_str(), O_RDWR | O_CLOEXEC);
    QVERIFY(lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0);
    const auto moved = moveDataFolder(at("data"), at("new"));
    ::close(lock);
    QVERIFY(!moved);
    QVERIFY(moved.error().code == ErrorCode::Conflict);
    QVERIFY(fs::exists(at("data") / "config.json"));
}

void TestDataMove::unfitPlacesAreRefused()
{
    putFile(at("full") / "something", "x");
    for (const fs::path &place : {at("full"), at("data") / "inside", at("data")}) {
        const auto moved = moveDataFolder(at("data"), place);
        QVERIFY2(!moved && moved.error().code == ErrorCode::InvalidInput, place.c_str());
        QVERIFY(fs::exists(at("data") / "config.json"));
    }
    const auto nothing = moveDataFolder(at("nowhere"), at("new"));
    QVERIFY(!nothing && nothing.error().code == ErrorCode::NotFound);
}

void TestDataMove::noteIsForgotten()
{
    const fs::path before = ipc::defaultDataFolder();
    QVERIFY(ipc::noteDataFolder(at("noted")).has_value());
    QCOMPARE(ipc::defaultDataFolder(), at("noted"));
    QVERIFY(!ipc::noteDataFolder("relative").has_value());
    QVERIFY(ipc::noteDataFolder({}).has_value());
    QCOMPARE(ipc::defaultDataFolder(), before);
}

QTEST_GUILESS_MAIN(TestDataMove)
#include "tst_data_move.moc"
