// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case_file_format.h"

#include <QSqlError>
#include <QUrl>

#include <atomic>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

QString freshName()
{
    static std::atomic<quint64> count{0};
    return u"case-file-%1"_s.arg(++count);
}

std::unexpected<Error> failed(const QSqlError &error)
{
    return fail(ErrorCode::Corrupt, "SQLite: " + error.databaseText().toStdString(),
                "the file is damaged, or no investigation at all");
}

} // namespace

Result<CaseDatabase> CaseDatabase::open(const QString &path, Mode mode)
{
    CaseDatabase opened(freshName());
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, opened.m_name);
    if (!database.isValid())
        return fail(ErrorCode::Unavailable, "Qt's SQLite driver is missing",
                    "install Qt's SQLite plugin");
    if (mode == Mode::Read) {
        // Immutable: journals that lie beside a file are not played into it, and no lock is taken.
        const QByteArray name = QUrl::toPercentEncoding(path, "/");
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s);
        database.setDatabaseName(u"file:"_s + QString::fromLatin1(name) +
                                 u"?mode=ro&immutable=1"_s);
    } else {
        database.setDatabaseName(path);
    }
    if (!database.open())
        return failed(database.lastError());
    // Nothing that a file brings along is run, and pages that lie about themselves are found.
    for (const QString &setting : {u"PRAGMA trusted_schema = OFF"_s,
                                   u"PRAGMA cell_size_check = ON"_s, u"PRAGMA mmap_size = 0"_s})
        if (const Status set = opened.run(setting); !set)
            return std::unexpected(set.error());
    return opened;
}

CaseDatabase::CaseDatabase(CaseDatabase &&other) noexcept
    : m_name(std::exchange(other.m_name, QString()))
{
}

CaseDatabase::~CaseDatabase()
{
    close();
}

void CaseDatabase::close()
{
    if (m_name.isEmpty())
        return;
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(std::exchange(m_name, QString()));
}

QSqlQuery CaseDatabase::prepare(const QString &statement)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    query.prepare(statement);
    return query;
}

Result<QSqlQuery> CaseDatabase::query(const QString &statement)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.exec(statement))
        return failed(query.lastError());
    return query;
}

Status CaseDatabase::run(const QString &statement)
{
    const auto done = query(statement);
    if (!done)
        return std::unexpected(done.error());
    return {};
}

} // namespace chrona::workspace
