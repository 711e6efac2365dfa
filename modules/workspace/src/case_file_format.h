// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <array>

/// What reading and writing of a `.chrona` file share.
namespace chrona::workspace {

inline constexpr int kCaseFileApplication = 0x4348'524f; ///< "CHRO" in SQLite's header
inline constexpr int kCaseFileVersion = 1;

/// The statements that make the file, exactly: a file with other tables, or with triggers and
/// views, is not one of ours and is not looked into. `record` is CBOR with every field; the columns
/// beside it are for people with an SQLite shell.
inline constexpr std::array kCaseFileTables = {
    "CREATE TABLE investigation (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE item (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, "
    "body TEXT NOT NULL, removed INTEGER NOT NULL, record BLOB NOT NULL)",
    "CREATE TABLE evidence (hash TEXT PRIMARY KEY, source TEXT NOT NULL, "
    "attribution TEXT NOT NULL, redistribution TEXT NOT NULL, content TEXT NOT NULL, "
    "record BLOB NOT NULL)",
    "CREATE TABLE step (number INTEGER PRIMARY KEY, at TEXT NOT NULL, item INTEGER NOT NULL, "
    "action TEXT NOT NULL, summary TEXT NOT NULL, record BLOB NOT NULL)",
};

/// A connection of its own name to one file, gone with this object. Make, use and destroy on one
/// thread.
class CaseDatabase {
public:
    enum class Mode : std::uint8_t { Read, Write };
    [[nodiscard]] static Result<CaseDatabase> open(const QString &path, Mode mode);
    CaseDatabase(CaseDatabase &&other) noexcept;
    CaseDatabase &operator=(CaseDatabase &&) = delete;
    ~CaseDatabase();

    [[nodiscard]] Status run(const QString &statement);
    [[nodiscard]] Result<QSqlQuery> query(const QString &statement);
    [[nodiscard]] QSqlQuery prepare(const QString &statement);
    /// Closes the file; fails where something could not be written.
    void close();

private:
    explicit CaseDatabase(QString name) : m_name(std::move(name)) {}
    QString m_name; ///< of the connection; empty: closed
};

} // namespace chrona::workspace
