// SPDX-License-Identifier: AGPL-3.0-or-later
#include "region_feed.h"

#include "text/names.h"
#include "text/time_text.h"

#include <algorithm>

namespace chrona::ui {

namespace {

bool isFips(std::string_view code)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return code.size() == 5 && std::ranges::all_of(code, isDigit);
}

RegionSet setOf(const std::vector<ipc::RegionValue> &values)
{
    std::size_t counties = 0, states = 0;
    bool isOf2023 = false;
    for (const ipc::RegionValue &value : values) {
        counties += isFips(value.region) ? 1 : 0;
        states += value.region.size() > 3 && value.region[2] == '-' ? 1 : 0;
        // Connecticut's planning regions took the place of its counties.
        isOf2023 = isOf2023 || (isFips(value.region) && value.region.starts_with("091"));
    }
    if (counties > values.size() / 2)
        return isOf2023 ? RegionSet::UsCounties2023 : RegionSet::UsCounties2017;
    return states > values.size() / 2 ? RegionSet::States : RegionSet::Countries;
}

} // namespace

QString metricName(const QString &metric)
{
    return attributeName(metric.toStdString());
}

std::optional<RegionValues> regionValuesFrom(const ipc::MetricReply &reply,
                                             const workspace::MapValues &wanted)
{
    if (reply.values.empty())
        return std::nullopt;
    RegionValues values;
    values.set = setOf(reply.values);
    values.unit = fromUtf8(reply.unit);
    Instant oldest = reply.values.front().observedAt, newest = oldest;
    for (const ipc::RegionValue &value : reply.values) {
        values.values.insert(fromUtf8(value.region), value.value);
        oldest = std::min(oldest, value.observedAt);
        newest = std::max(newest, value.observedAt);
    }
    const TimeText time;
    const QString date = time.date(oldest) == time.date(newest)
                             ? time.date(newest)
                             : RegionFeed::tr("%1 to %2").arg(time.date(oldest), time.date(newest));
    values.title = RegionFeed::tr("%1, %2").arg(metricName(wanted.metric), date);
    values.classes = {static_cast<geo::ClassMethod>(wanted.method),
                      static_cast<std::size_t>(wanted.classCount), wanted.midpoint};
    return values;
}

RegionFeed::RegionFeed(workspace::Session &session, QObject *parent)
    : QObject(parent), m_session(session)
{
    const workspace::Focus &focus = session.focus();
    connect(&focus, &workspace::Focus::layersChanged, this, &RegionFeed::follow);
    connect(&focus, &workspace::Focus::windowChanged, this, &RegionFeed::follow);
    connect(&focus, &workspace::Focus::asOfChanged, this, &RegionFeed::follow);
    connect(&session, &workspace::Session::stateChanged, this, [this] {
        if (m_session.state() == workspace::Session::State::Ready)
            ask();
    });
    follow();
}

void RegionFeed::follow()
{
    const workspace::Focus &focus = m_session.focus();
    const workspace::MapValues &wanted = focus.layers().values;
    ipc::MetricQuery query;
    query.metric = wanted.metric.toStdString();
    query.asOf = focus.asOf();
    if (!focus.showsEverything())
        query.at = focus.window().end;
    const bool isSameStyle = wanted == m_of;
    m_of = wanted;
    if (query != m_asked) {
        m_asked = std::move(query);
        ask();
    } else if (!isSameStyle && m_reply) {
        Q_EMIT valuesChanged(regionValuesFrom(*m_reply, m_of));
    }
}

void RegionFeed::ask()
{
    m_request.cancel(); // the newest moment is the one that counts
    if (m_asked.metric.empty()) {
        if (std::exchange(m_reply, std::nullopt))
            Q_EMIT valuesChanged(std::nullopt);
        return;
    }
    if (m_session.state() != workspace::Session::State::Ready)
        return;
    m_request = m_session.request<ipc::MetricQuery>(
        m_asked, this, [this, asked = m_asked](Result<ipc::MetricReply> reply) {
            if (asked != m_asked)
                return;
            if (!reply) {
                if (reply.error().code != ErrorCode::Cancelled)
                    Q_EMIT failed(failureText(reply.error()).cause);
                return;
            }
            m_reply = std::move(*reply);
            Q_EMIT valuesChanged(regionValuesFrom(*m_reply, m_of));
        });
}

} // namespace chrona::ui
