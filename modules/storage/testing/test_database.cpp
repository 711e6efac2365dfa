// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/test_database.h"

#include "chrona/storage/migrations.h"
#include "chrona/storage/private_cluster.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace chrona::storage {
namespace {

constexpr const char *kTemplate = "migrated";

/// A test without its database has no way on; what failed is the machine, not the test.
[[noreturn]] void giveUp(const Error &error)
{
    std::fprintf(stderr, "test database: %s\n", describe(error).c_str());
    std::abort();
}

template <class T> T orGiveUp(Result<T> result)
{
    if (!result)
        giveUp(result.error());
    return std::move(*result);
}

} // namespace

std::unique_ptr<TestDatabase> TestDatabase::open()
{
    std::unique_ptr<TestDatabase> database(new TestDatabase);
    std::string pattern = (std::filesystem::temp_directory_path() / "chrona-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        std::fprintf(stderr, "test database: no temporary folder\n");
        return nullptr;
    }
    database->m_folder = pattern;
    auto cluster = PrivateCluster::open({.dataFolder = database->m_folder + "/postgres",
                                         .socketFolder = database->m_folder + "/s",
                                         .durability = PrivateCluster::Durability::Scratch,
                                         .ballastBytes = 0});
    if (!cluster) {
        std::fprintf(stderr, "test database: %s\n", describe(cluster.error()).c_str());
        return nullptr;
    }
    database->m_cluster = std::move(*cluster);
    const std::string connectionString = database->m_cluster->connectionString("postgres");
    {
        Connection admin = orGiveUp(Connection::open(connectionString));
        if (Status made = admin.script(std::string("CREATE DATABASE ") + kTemplate); !made)
            giveUp(made.error());
    }
    Connection connection =
        orGiveUp(Connection::open(database->m_cluster->connectionString(kTemplate)));
    if (Status done = migrate(connection); !done)
        giveUp(done.error());
    return database;
}

TestDatabase::~TestDatabase()
{
    m_cluster.reset();
    std::error_code ignored;
    if (!m_folder.empty())
        std::filesystem::remove_all(m_folder, ignored);
}

std::string TestDatabase::make(const char *from)
{
    const std::string name = "test_" + std::to_string(++m_count);
    Connection admin = orGiveUp(Connection::open(m_cluster->connectionString("postgres")));
    const std::string sql = "CREATE DATABASE " + name + " TEMPLATE " + from + " STRATEGY file_copy";
    if (Status made = admin.script(sql); !made)
        giveUp(made.error());
    return m_cluster->connectionString(name);
}

std::string TestDatabase::freshConnectionString()
{
    return make(kTemplate);
}

std::string TestDatabase::emptyConnectionString()
{
    return make("template0");
}

Connection TestDatabase::fresh()
{
    return orGiveUp(Connection::open(freshConnectionString()));
}

} // namespace chrona::storage
