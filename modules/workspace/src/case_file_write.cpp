// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/case_file.h"

#include "case_file_format.h"
#include "chrona/ipc/messages.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QTemporaryFile>

#include <filesystem>
#include <map>
#include <system_error>
#include <unordered_set>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Status insert(QSqlQuery &query, const QVariantList &values)
{
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return fail(ErrorCode::Unavailable,
                    "cannot write: " + query.lastError().databaseText().toStdString(),
                    "see whether the disk is full");
    return {};
}

/// Texts that are empty must not become NULL.
QVariant textValue(std::string_view text)
{
    return text.empty() ? QVariant(u""_s) : QVariant(fromStd(text));
}

Status writeAbout(CaseDatabase &database, const schema::Investigation &investigation)
{
    QSqlQuery query = database.prepare(u"INSERT INTO investigation (key, value) VALUES (?, ?)"_s);
    const std::pair<QString, std::string> about[] = {
        {u"id"_s, std::to_string(investigation.id.value)},
        {u"created_at"_s, formatInstant(investigation.createdAt)},
        {u"updated_at"_s, formatInstant(investigation.updatedAt)},
    };
    for (const auto &[key, value] : about)
        if (Status done = insert(query, {key, fromStd(value)}); !done)
            return done;
    return {};
}

Status writeItems(CaseDatabase &database, const schema::Investigation &investigation)
{
    QSqlQuery query = database.prepare(
        u"INSERT INTO item (id, kind, title, body, removed, record) VALUES (?, ?, ?, ?, ?, ?)"_s);
    for (const schema::CaseItem &item : investigation.items)
        if (Status done =
                insert(query, {qint64{item.id.value}, fromStd(toString(item.kind)),
                               textValue(item.title.empty() ? item.target.label : item.title),
                               textValue(item.text), int{item.removed}, ipc::encode(item)});
            !done)
            return done;
    return {};
}

Status writeEvidence(CaseDatabase &database, const schema::Investigation &investigation)
{
    QSqlQuery query =
        database.prepare(u"INSERT INTO evidence (hash, source, attribution, redistribution, "
                         "content, record) VALUES (?, ?, ?, ?, ?, ?)"_s);
    for (schema::CaseEvidence evidence : investigation.evidence) {
        // The content stands once, in its column.
        const std::string content = std::exchange(evidence.content, {});
        if (Status done = insert(
                query, {fromStd(toHex(evidence.hash.bytes)), textValue(evidence.source),
                        textValue(evidence.attribution), fromStd(toString(evidence.redistribution)),
                        textValue(content), ipc::encode(evidence)});
            !done)
            return done;
    }
    return {};
}

Status writeSteps(CaseDatabase &database, const schema::Investigation &investigation)
{
    QSqlQuery query = database.prepare(
        u"INSERT INTO step (at, item, action, summary, record) VALUES (?, ?, ?, ?, ?)"_s);
    for (const schema::CaseStep &step : investigation.steps)
        if (Status done = insert(query, {fromStd(formatInstant(step.at)), qint64{step.item.value},
                                         fromStd(toString(step.action)), textValue(step.summary),
                                         ipc::encode(step)});
            !done)
            return done;
    return {};
}

Status writeAll(CaseDatabase &database, const schema::Investigation &investigation)
{
    // The file is new and nobody else's until it is moved, so it needs no journal.
    for (const QString &statement :
         {u"PRAGMA journal_mode = OFF"_s, u"PRAGMA synchronous = FULL"_s,
          u"PRAGMA application_id = %1"_s.arg(kCaseFileApplication),
          u"PRAGMA user_version = %1"_s.arg(kCaseFileVersion), u"BEGIN"_s})
        if (Status done = database.run(statement); !done)
            return done;
    for (const char *table : kCaseFileTables)
        if (Status done = database.run(QLatin1StringView(table)); !done)
            return done;
    using Part = Status (*)(CaseDatabase &, const schema::Investigation &);
    for (const Part part : {&writeAbout, &writeItems, &writeEvidence, &writeSteps})
        if (Status done = part(database, investigation); !done)
            return done;
    return database.run(u"COMMIT"_s);
}

} // namespace

PortableCase portable(schema::Investigation investigation)
{
    PortableCase result;
    std::map<Hash128, const schema::CaseEvidence *> known;
    for (schema::CaseEvidence &evidence : investigation.evidence) {
        if (evidence.redistribution == schema::Redistribution::Forbidden)
            evidence.content.clear();
        known.emplace(evidence.hash, &evidence);
    }
    std::unordered_set<schema::CaseItemId> silent;
    for (schema::CaseItem &item : investigation.items) {
        if (item.kind != schema::CaseItemKind::Pin)
            continue;
        const auto evidence = known.find(item.evidence);
        const bool isKnown = evidence != known.end();
        // An event without evidence came from a source that nobody can name: it has no terms.
        const bool isFree = isKnown ? !evidence->second->content.empty()
                                    : item.target.kind != schema::PinKind::Event;
        if (isFree && !item.withheld)
            continue;
        item.withheld = true;
        item.target.label.clear();
        silent.insert(item.id);
        if (!item.removed)
            result.withheld.push_back({item.id, isKnown ? evidence->second->source : std::string(),
                                       isKnown ? evidence->second->attribution : std::string()});
    }
    for (schema::CaseStep &step : investigation.steps)
        if (silent.contains(step.item))
            step.summary.clear();
    result.investigation = std::move(investigation);
    return result;
}

Result<std::vector<WithheldPin>> writeCaseFile(const QString &path,
                                               const schema::Investigation &investigation)
{
    const PortableCase made = portable(investigation);
    if (const auto faults = schema::validate(made.investigation); !faults.empty())
        return fail(ErrorCode::InvalidInput, schema::describe(faults));
    const QFileInfo target(path);
    // In the same folder, so that the move is one step of the file system.
    QTemporaryFile part(target.absolutePath() + u"/.chrona-XXXXXX"_s);
    if (!part.open())
        return fail(ErrorCode::Unavailable, part.errorString().toStdString(),
                    "see whether the folder is there and may be written");
    {
        auto database = CaseDatabase::open(part.fileName(), CaseDatabase::Mode::Write);
        if (!database)
            return std::unexpected(database.error());
        if (const Status done = writeAll(*database, made.investigation); !done)
            return std::unexpected(done.error());
    }
    if (QFileInfo(part.fileName()).size() > kCaseFileBytesMax)
        return fail(ErrorCode::InvalidInput, "the investigation is too large for a file");
    std::error_code error;
    std::filesystem::rename(part.fileName().toStdString(), target.absoluteFilePath().toStdString(),
                            error);
    if (error)
        return fail(ErrorCode::Unavailable, error.message(), "choose another file");
    part.setAutoRemove(false);
    return made.withheld;
}

} // namespace chrona::workspace
