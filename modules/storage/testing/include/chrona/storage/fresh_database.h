// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/test_database.h"

#include <QTest>

#include <optional>

namespace chrona::storage {

/// A database without a row for each function of a test.
struct FreshDatabase {
    /// Once for all of them.
    void openDatabase()
    {
        m_database = TestDatabase::open();
        QVERIFY(m_database);
    }
    /// Before each of them.
    void beginFresh() { m_connection.emplace(m_database->fresh()); }

    std::unique_ptr<TestDatabase> m_database;
    std::optional<Connection> m_connection;
};

} // namespace chrona::storage
