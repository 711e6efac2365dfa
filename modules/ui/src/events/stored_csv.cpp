// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/stored_csv.h"

#include "events/event_csv.h"
#include "text/names.h"

#include <numeric>

namespace chrona::ui {

namespace {

constexpr std::uint32_t kRowsAtOnce = 1024; ///< written in a few milliseconds

Error writeError(const QSaveFile &file)
{
    return {ErrorCode::Unavailable, file.errorString().toStdString()};
}

} // namespace

StoredCsv::StoredCsv(workspace::Session &session, const ipc::EventPick &pick, Qt::SortOrder byTime,
                     const QString &path, QObject *parent)
    : QObject(parent), m_session(session), m_file(path)
{
    m_query.pick = pick;
    m_query.order =
        byTime == Qt::AscendingOrder ? ipc::RowOrder::OldestFirst : ipc::RowOrder::NewestFirst;
    m_query.limit = kRowsAtOnce;
}

void StoredCsv::start()
{
    if (!m_file.open(QIODevice::WriteOnly) || m_file.write(eventCsvTitles()) < 0)
        return refuse(writeError(m_file));
    ask();
}

void StoredCsv::stop()
{
    m_asked.cancel();
    m_file.cancelWriting();
    deleteLater();
}

void StoredCsv::ask()
{
    m_asked = m_session.request<ipc::EventRowsQuery>(
        m_query, this, [this](const Result<ipc::EventRowsReply> &reply) { take(reply); });
}

void StoredCsv::refuse(const Error &error)
{
    m_file.cancelWriting();
    Q_EMIT failed(error);
    deleteLater();
}

void StoredCsv::take(const Result<ipc::EventRowsReply> &reply)
{
    if (!reply)
        return reply.error().code == ErrorCode::Cancelled ? deleteLater() : refuse(reply.error());
    workspace::EventSnapshot page;
    page.columns = reply->rows;
    for (const std::string &source : reply->sources)
        page.sources += fromUtf8(source);
    for (const std::string &region : reply->regions)
        page.regions += fromUtf8(region);
    QHash<qint64, QString> titles;
    for (std::size_t row = 0; row < reply->titles.size(); ++row)
        titles.insert(page.columns.id[row], fromUtf8(reply->titles[row]));
    // A page begins with the last row of the one before, unless that is gone since.
    const std::size_t size = page.columns.size();
    const bool isRepeated =
        size > 0 && m_query.from && m_query.from->id.value == page.columns.id[0];
    std::vector<std::uint32_t> rows(size - (isRepeated ? 1 : 0));
    std::iota(rows.begin(), rows.end(), isRepeated ? 1U : 0U);
    if (m_file.write(eventCsvLines(page, rows, titles)) < 0)
        return refuse(writeError(m_file));
    m_rows += static_cast<qint64>(rows.size());
    Q_EMIT progressed(m_rows);
    if (size == m_query.limit) {
        m_query.from = ipc::RowKey{Instant(Duration(page.columns.observedAt.back())),
                                   {page.columns.id.back()}};
        return ask();
    }
    if (!m_file.commit())
        return refuse(writeError(m_file));
    Q_EMIT finished(m_rows);
    deleteLater();
}

} // namespace chrona::ui
