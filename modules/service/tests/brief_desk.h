// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "brief_pipeline.h"
#include "settings.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/storage/test_database.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

namespace chrona::service::testing {

/// Where briefings are made: a real database and the settings of a person.
struct BriefDesk {
    void openDatabase();
    /// Nothing is in the database, and nothing was set.
    void begin();
    /// As it is read back; an empty one, and a failed test, where none is made.
    [[nodiscard]] schema::Briefing make(const BriefMoment &moment);
    [[nodiscard]] static Instant at(const char *text) { return parseInstant(text).value(); }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_where;
    std::optional<storage::Connection> m_connection;
    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
};

inline void BriefDesk::openDatabase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

inline void BriefDesk::begin()
{
    m_where = m_database->freshConnectionString();
    auto connection = storage::Connection::open(m_where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
    const auto file = m_folder.filePath(QStringLiteral("config.json")).toStdString();
    std::filesystem::remove(file);
    m_settings = Settings::open(file).value();
}

inline schema::Briefing BriefDesk::make(const BriefMoment &moment)
{
    const auto made = makeDaily(*m_connection, moment, *m_settings, {});
    if (!made)
        QTest::qFail(made.error().what.c_str(), __FILE__, __LINE__);
    return made ? formats::readBriefingJson(made->document).value() : schema::Briefing{};
}

} // namespace chrona::service::testing
