// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/case_file.h"

#include "case_file_format.h"
#include "chrona/ipc/frame.h"
#include "chrona/ipc/messages.h"

#include <QFile>
#include <QHash>
#include <QtEndian>

#include <charconv>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

std::unexpected<Error> noCase(std::string why)
{
    return fail(ErrorCode::Corrupt, std::move(why), "ask for the file again");
}

/// The header is looked at before SQLite sees a byte.
Status checkHeader(const QString &path)
{
    constexpr qsizetype kHeaderBytes = 100;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unavailable, file.errorString().toStdString(),
                    "see whether the file is there and may be read");
    if (file.size() > kCaseFileBytesMax)
        return noCase("the file is larger than any investigation");
    const QByteArray header = file.read(kHeaderBytes);
    if (header.size() < kHeaderBytes || !header.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return noCase("the file is no investigation");
    const auto number = [&header](qsizetype at) {
        return qFromBigEndian<quint32>(header.constData() + at);
    };
    if (number(68) != kCaseFileApplication)
        return noCase("the file is a database of another program");
    if (number(60) > kCaseFileVersion)
        return fail(ErrorCode::Denied, "a newer version of Chrona wrote the file",
                    "update Chrona to open it");
    return {};
}

Status checkTables(CaseDatabase &database)
{
    auto intact = database.query(u"PRAGMA quick_check(1)"_s);
    if (!intact)
        return std::unexpected(intact.error());
    if (!intact->next() || intact->value(0).toString() != u"ok")
        return noCase("the file is damaged");
    auto tables = database.query(
        u"SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"_s);
    if (!tables)
        return std::unexpected(tables.error());
    std::size_t found = 0;
    while (tables->next()) {
        const bool isOurs =
            found < kCaseFileTables.size() && tables->value(0).toString() == u"table" &&
            tables->value(1).toString() == QLatin1StringView(kCaseFileTables[found]);
        if (!isOurs)
            return noCase("the file has tables that no investigation has");
        ++found;
    }
    if (found != kCaseFileTables.size())
        return noCase("the file lacks tables of an investigation");
    return {};
}

template <class Record>
Status readRecords(CaseDatabase &database, const char *statement, std::size_t countMax,
                   std::vector<Record> &records)
{
    auto rows = database.query(QString::fromLatin1(statement));
    if (!rows)
        return std::unexpected(rows.error());
    while (rows->next()) {
        if (records.size() == countMax)
            return noCase("the file holds more than an investigation may");
        const QByteArray cbor = rows->value(0).toByteArray();
        auto record = ipc::decode<Record>(ipc::bytesOf(cbor));
        if (!record)
            return noCase("the file holds a record that cannot be read: " + record.error().what);
        if constexpr (std::is_same_v<Record, schema::CaseEvidence>)
            record->content = rows->value(1).toString().toStdString();
        records.push_back(std::move(*record));
    }
    return {};
}

Status readAbout(CaseDatabase &database, schema::Investigation &investigation)
{
    auto rows = database.query(u"SELECT key, value FROM investigation LIMIT 20"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QHash<QString, std::string> about;
    while (rows->next())
        about.insert(rows->value(0).toString(), rows->value(1).toString().toStdString());
    const std::string id = about.value(u"id"_s);
    const auto parsed = std::from_chars(id.data(), id.data() + id.size(), investigation.id.value);
    const auto created = parseInstant(about.value(u"created_at"_s));
    const auto updated = parseInstant(about.value(u"updated_at"_s));
    if (parsed.ec != std::errc{} || !created || !updated)
        return noCase("the file does not say what it is");
    investigation.createdAt = *created;
    investigation.updatedAt = *updated;
    return {};
}

} // namespace

Result<schema::Investigation> readCaseFile(const QString &path)
{
    if (const Status sound = checkHeader(path); !sound)
        return std::unexpected(sound.error());
    auto database = CaseDatabase::open(path, CaseDatabase::Mode::Read);
    if (!database)
        return std::unexpected(database.error());
    schema::Investigation investigation;
    if (const Status sound = checkTables(*database); !sound)
        return std::unexpected(sound.error());
    if (const Status read = readAbout(*database, investigation); !read)
        return std::unexpected(read.error());
    if (const Status read = readRecords(*database, "SELECT record FROM item ORDER BY id",
                                        schema::kCaseItemsMax, investigation.items);
        !read)
        return std::unexpected(read.error());
    if (const Status read =
            readRecords(*database, "SELECT record, content FROM evidence ORDER BY hash",
                        schema::kCaseItemsMax, investigation.evidence);
        !read)
        return std::unexpected(read.error());
    if (const Status read = readRecords(*database, "SELECT record FROM step ORDER BY number",
                                        schema::kCaseStepsMax, investigation.steps);
        !read)
        return std::unexpected(read.error());
    if (const auto faults = schema::validate(investigation); !faults.empty())
        return noCase("the file is not sound: " + schema::describe(faults));
    return investigation;
}

} // namespace chrona::workspace
