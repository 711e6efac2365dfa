// SPDX-License-Identifier: AGPL-3.0-or-later
#include "data_folder.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace chrona;
using chrona::service::DataFolder;

class TestDataFolder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_root = std::make_unique<QTemporaryDir>(); }
    void aNewFolderIsPrivate();
    void aSecondHolderIsToldWhoHasIt();
    void theLockGoesWithItsHolder();
    void aPlaceThatCannotBeMadeIsRefused();

private:
    [[nodiscard]] std::filesystem::path folder() const
    {
        return std::filesystem::path(m_root->path().toStdString()) / "a" / "b";
    }
    std::unique_ptr<QTemporaryDir> m_root;
};

void TestDataFolder::aNewFolderIsPrivate()
{
    const auto opened = DataFolder::open(folder());
    QVERIFY(opened.has_value());
    struct stat found {};
    QCOMPARE(::stat(folder().c_str(), &found), 0);
    QCOMPARE(found.st_mode & 0777U, 0700U);
}

void TestDataFolder::aSecondHolderIsToldWhoHasIt()
{
    const auto first = DataFolder::open(folder());
    QVERIFY(first.has_value());
    const auto second = DataFolder::open(folder());
    QVERIFY(!second.has_value());
    QVERIFY(second.error().code == ErrorCode::Conflict);
    QVERIFY(second.error().what.contains(std::to_string(::getpid())));
}

void TestDataFolder::theLockGoesWithItsHolder()
{
    {
        const auto first = DataFolder::open(folder());
        QVERIFY(first.has_value());
    }
    QVERIFY(DataFolder::open(folder()).has_value());
}

void TestDataFolder::aPlaceThatCannotBeMadeIsRefused()
{
    const auto opened = DataFolder::open("/proc/nothing/can/be/made/here");
    QVERIFY(!opened.has_value());
    QVERIFY(opened.error().code == ErrorCode::Denied);
    QVERIFY(!opened.error().remedy.empty());
}

QTEST_GUILESS_MAIN(TestDataFolder)
#include "tst_data_folder.moc"
