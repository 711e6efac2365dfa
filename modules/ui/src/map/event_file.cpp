// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_file.h"

#include "text/names.h"
#include "text/time_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

QJsonArray position(const schema::GeoPoint &point)
{
    return {point.longitude, point.latitude};
}

QJsonArray positions(const std::vector<schema::GeoPoint> &points)
{
    QJsonArray list;
    for (const schema::GeoPoint &point : points)
        list.append(position(point));
    return list;
}

QJsonObject geometryOf(const schema::Geometry &geometry)
{
    QJsonArray parts;
    if (geometry.kind == schema::Geometry::Kind::Lines) {
        for (const auto &line : geometry.lines)
            parts.append(positions(line));
        return {{u"type"_s, u"MultiLineString"_s}, {u"coordinates"_s, parts}};
    }
    for (const schema::Polygon &polygon : geometry.areas) {
        QJsonArray rings;
        for (const schema::Ring &ring : polygon)
            rings.append(positions(ring));
        parts.append(rings);
    }
    return {{u"type"_s, u"MultiPolygon"_s}, {u"coordinates"_s, parts}};
}

QString isoTime(std::int64_t micros)
{
    return TimeText{}.dateTime(instantFromMicros(micros)).toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

EventFile::EventFile(workspace::Session &session,
                     std::shared_ptr<const workspace::EventSnapshot> snapshot,
                     std::vector<qint64> events, QObject *parent)
    : QObject(parent), m_session(session), m_snapshot(std::move(snapshot)),
      m_events(std::move(events))
{
}

void EventFile::addShape(workspace::EventShapes::Shape shape)
{
    m_shapes.insert(shape->id.value, std::move(shape));
}

void EventFile::start()
{
    if (m_session.state() == workspace::Session::State::Ready)
        askTitles(0);
    else // without the service, what is in memory
        QMetaObject::invokeMethod(this, &EventFile::finish, Qt::QueuedConnection);
}

void EventFile::askTitles(std::size_t from)
{
    if (from >= m_events.size())
        return finish();
    ipc::EventTextsRequest request;
    const std::size_t to = std::min(m_events.size(), from + ipc::EventTextsRequest::kIdsMax);
    for (std::size_t i = from; i < to; ++i)
        request.ids.push_back({m_events[i]});
    m_session.request<ipc::EventTextsRequest>(
        std::move(request), this, [this, to](const Result<ipc::EventTextsReply> &reply) {
            if (!reply)
                return finish(); // the rest stays without titles
            for (const ipc::EventText &text : reply->texts)
                m_titles.insert(text.id.value, fromUtf8(text.title));
            Q_EMIT progressed(qint64(to), qint64(m_events.size()));
            askTitles(to);
        });
}

void EventFile::finish()
{
    const schema::EventColumns &columns = m_snapshot->columns;
    const QSet<qint64> wanted(m_events.begin(), m_events.end());
    QJsonArray features;
    for (std::size_t row = 0; row < columns.size(); ++row) {
        const qint64 event = columns.id[row];
        if (!wanted.contains(event))
            continue;
        const workspace::EventShapes::Shape shape = m_shapes.value(event);
        const auto wordAt = [](const QStringList &words, std::uint16_t at) {
            return at < words.size() ? words[at] : QString();
        };
        const auto type = static_cast<schema::EventType>(columns.type[row]);
        QJsonObject properties{
            {u"type"_s, fromUtf8(schema::toString(type))},
            {u"observed_at"_s, isoTime(columns.observedAt[row])},
            {u"available_at"_s, isoTime(columns.availableAt[row])},
            {u"severity"_s, columns.severity[row] / 255.0},
            {u"confidence"_s, columns.confidence[row] / 255.0},
            {u"source"_s, wordAt(m_snapshot->sources, columns.source[row])},
            {u"region"_s, wordAt(m_snapshot->regions, columns.region[row])},
            {u"synthetic"_s, (columns.flags[row] & schema::EventColumns::kSynthetic) != 0}};
        if (m_titles.contains(event))
            properties.insert(u"title"_s, m_titles[event]);
        const QJsonObject point{
            {u"type"_s, u"Point"_s},
            {u"coordinates"_s, QJsonArray{columns.longitude[row], columns.latitude[row]}}};
        features.append(QJsonObject{{u"type"_s, u"Feature"_s},
                                    {u"id"_s, QString::number(event)},
                                    {u"geometry"_s, shape ? geometryOf(shape->geometry) : point},
                                    {u"properties"_s, properties}});
    }
    Q_EMIT finished(QJsonDocument(QJsonObject{{u"type"_s, u"FeatureCollection"_s},
                                              {u"features"_s, features}})
                        .toJson(QJsonDocument::Compact));
}

Status EventFile::write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::Unavailable,
                    "the events cannot be written: " + file.errorString().toStdString(),
                    "choose a folder that you may write to, with room left");
    return {};
}

} // namespace chrona::ui
