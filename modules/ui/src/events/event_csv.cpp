// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/event_csv.h"

#include "tables/csv_text.h"
#include "text/names.h"
#include "text/time_text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

QString csvTime(std::int64_t micros)
{
    return TimeText{}.dateTime(instantFromMicros(micros)).toUTC().toString(Qt::ISODateWithMs);
}

QString csvShare(std::uint8_t byte)
{
    return QString::number(byte / 255.0, 'f', 3);
}

} // namespace

QByteArray eventsCsv(const workspace::EventSnapshot &snapshot,
                     const std::vector<std::uint32_t> &rows, const QHash<qint64, QString> &titles)
{
    return eventCsvTitles() + eventCsvLines(snapshot, rows, titles);
}

QByteArray eventCsvTitles()
{
    return "id,observed_at,available_at,type,title,region,source,severity,confidence,"
           "latitude,longitude,synthetic\n";
}

QByteArray eventCsvLines(const workspace::EventSnapshot &snapshot,
                         const std::vector<std::uint32_t> &rows,
                         const QHash<qint64, QString> &titles)
{
    const schema::EventColumns &columns = snapshot.columns;
    QString text;
    for (const std::uint32_t row : rows) {
        const bool hasPlace = (columns.flags[row] & schema::EventColumns::kHasPlace) != 0;
        const auto degrees = [hasPlace](float value) {
            return hasPlace ? QString::number(static_cast<double>(value), 'f', 4) : QString();
        };
        const auto type = static_cast<schema::EventType>(columns.type[row]);
        text += QStringList{QString::number(columns.id[row]),
                            csvTime(columns.observedAt[row]),
                            csvTime(columns.availableAt[row]),
                            fromUtf8(schema::toString(type)),
                            csvField(titles.value(columns.id[row])),
                            csvField(snapshot.regions.value(columns.region[row])),
                            csvField(snapshot.sources.value(columns.source[row])),
                            csvShare(columns.severity[row]),
                            csvShare(columns.confidence[row]),
                            degrees(columns.latitude[row]),
                            degrees(columns.longitude[row]),
                            (columns.flags[row] & schema::EventColumns::kSynthetic) != 0 ? u"1"_s
                                                                                        : u"0"_s}
                    .join(u',') +
                u'\n';
    }
    return text.toUtf8();
}

EventCsv::EventCsv(workspace::Session &session,
                   std::shared_ptr<const workspace::EventSnapshot> snapshot,
                   std::vector<std::uint32_t> rows, QObject *parent)
    : QObject(parent), m_session(session), m_snapshot(std::move(snapshot)), m_rows(std::move(rows))
{
}

EventCsv::~EventCsv()
{
    m_pool.waitForDone();
}

void EventCsv::start()
{
    if (m_session.state() == workspace::Session::State::Ready)
        askTitles(0);
    else // without the service, what is in memory
        QMetaObject::invokeMethod(this, &EventCsv::finish, Qt::QueuedConnection);
}

void EventCsv::stop()
{
    m_isStopped = true;
    deleteLater();
}

void EventCsv::askTitles(std::size_t from)
{
    if (m_isStopped)
        return;
    if (from >= m_rows.size())
        return finish();
    ipc::EventTextsRequest request;
    request.asOf = m_session.focus().asOf();
    const std::size_t to = std::min(m_rows.size(), from + ipc::EventTextsRequest::kIdsMax);
    for (std::size_t i = from; i < to; ++i)
        request.ids.push_back({m_snapshot->columns.id[m_rows[i]]});
    m_session.request<ipc::EventTextsRequest>(
        std::move(request), this, [this, to](const Result<ipc::EventTextsReply> &reply) {
            if (!reply)
                return finish(); // the rest stays without titles
            for (const ipc::EventText &text : reply->texts)
                m_titles.insert(text.id.value, fromUtf8(text.title));
            Q_EMIT progressed(static_cast<qint64>(to), static_cast<qint64>(m_rows.size()));
            askTitles(to);
        });
}

void EventCsv::finish()
{
    if (m_isStopped)
        return;
    m_pool.start([this] {
        const QByteArray csv = eventsCsv(*m_snapshot, m_rows, m_titles);
        QMetaObject::invokeMethod(this, [this, csv] {
            if (!m_isStopped)
                Q_EMIT finished(csv);
            deleteLater();
        });
    });
}

} // namespace chrona::ui
