// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_texts.h"

namespace chrona::workspace {
namespace {

constexpr qsizetype kBatch = 200;
// Who scrolls through thousands of rows looks at the last ones.
constexpr qsizetype kWantedMax = 1000;
constexpr int kOpenRequestsMax = 2;

} // namespace

EventTexts::EventTexts(Fetch fetch, QObject *parent)
    : QObject(parent), m_fetch(std::move(fetch)), m_titles(kKeptMax)
{
    m_askTimer.setSingleShot(true);
    m_askTimer.setInterval(0);
    connect(&m_askTimer, &QTimer::timeout, this, &EventTexts::ask);
}

std::optional<QString> EventTexts::title(qint64 event)
{
    if (const QString *known = m_titles.object(event))
        return *known;
    if (!m_pending.contains(event)) {
        m_pending.insert(event);
        m_wanted.append(event);
        if (m_wanted.size() > kWantedMax)
            m_pending.remove(m_wanted.takeFirst());
        // At the end of this turn, when a whole screen of rows has been asked for.
        if (!m_askTimer.isActive())
            m_askTimer.start();
    }
    return std::nullopt;
}

void EventTexts::ask()
{
    while (!m_wanted.isEmpty() && m_openRequests < kOpenRequestsMax) {
        ipc::EventTextsRequest request;
        const qsizetype count = std::min(kBatch, m_wanted.size());
        for (const qint64 id : m_wanted.last(count))
            request.ids.push_back({id});
        m_wanted.resize(m_wanted.size() - count);
        ++m_openRequests;
        request.asOf = m_asOf;
        auto asked = request.ids;
        m_fetch(std::move(request), [this, asked = std::move(asked), asOf = m_asOf](
                                        const Result<ipc::EventTextsReply> &reply) {
            if (asOf == m_asOf)
                take(asked, reply);
            else // it is asked again
                take(asked, fail(ErrorCode::Cancelled, "titles of another moment"));
        });
    }
}

void EventTexts::take(const std::vector<schema::EventId> &asked,
                      const Result<ipc::EventTextsReply> &reply)
{
    --m_openRequests;
    for (const schema::EventId id : asked)
        m_pending.remove(id.value);
    if (reply) {
        // What the service does not know must not be asked for again at each repaint.
        for (const schema::EventId id : asked)
            m_titles.insert(id.value, new QString);
        for (const ipc::EventText &text : reply->texts)
            m_titles.insert(text.id.value, new QString(QString::fromStdString(text.title)));
        Q_EMIT textsArrived();
    }
    ask();
}

void EventTexts::forget(const std::vector<std::int64_t> &events)
{
    for (const std::int64_t event : events)
        m_titles.remove(event);
}

void EventTexts::setAsOf(std::optional<Instant> asOf)
{
    if (asOf == m_asOf)
        return;
    m_asOf = asOf;
    forgetAll();
}

void EventTexts::forgetAll()
{
    m_titles.clear();
    // Views look again and so ask again, also for what failed.
    Q_EMIT textsArrived();
}

} // namespace chrona::workspace
