// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <memory>
#include <string>

namespace chrona::storage {

class PrivateCluster;

/// Databases for tests: a private cluster in a temporary folder, shared by one test executable, and
/// in it a fresh, migrated database for each test function that asks for one.
///
///     void TestJobs::initTestCase() { m_database = TestDatabase::open(); QVERIFY(m_database); }
///     void TestJobs::init() { m_connection = m_database->fresh(); … }
///
/// The cluster is stopped and its folder deleted on destruction. One thread.
class TestDatabase {
public:
    /// Null with a message on stderr when Postgres cannot be started: tests fail then, never skip.
    [[nodiscard]] static std::unique_ptr<TestDatabase> open();
    ~TestDatabase();

    /// A copy of the migrated template, and the way to it. Aborts the test when that fails.
    [[nodiscard]] std::string freshConnectionString();
    /// The same without any table of Chrona's.
    [[nodiscard]] std::string emptyConnectionString();
    /// An open connection to a fresh database.
    [[nodiscard]] Connection fresh();

    [[nodiscard]] PrivateCluster &cluster() { return *m_cluster; }

private:
    TestDatabase() = default;
    [[nodiscard]] std::string make(const char *from);

    std::string m_folder;
    std::unique_ptr<PrivateCluster> m_cluster;
    int m_count = 0;
};

} // namespace chrona::storage
