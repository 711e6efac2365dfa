// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/map/region_values.h"
#include "chrona/workspace/session.h"

#include <QObject>

#include <optional>

namespace chrona::ui {

/// Asks the service for the metric that the layers name, at the end of the time window and as it
/// was known then. UI thread; the session must outlive it.
class RegionFeed : public QObject {
    Q_OBJECT
public:
    RegionFeed(workspace::Session &session, QObject *parent);

Q_SIGNALS:
    /// nullopt: no metric is chosen, or nothing is known of it.
    void valuesChanged(const std::optional<chrona::ui::RegionValues> &values);
    void failed(const QString &why);

private:
    void follow();
    void ask();

    workspace::Session &m_session;
    ipc::MetricQuery m_asked;
    workspace::MapValues m_of;
    std::optional<ipc::MetricReply> m_reply;
    workspace::RequestHandle m_request;
};

/// What a metric's values look like as a choropleth: the set of regions follows from their codes.
[[nodiscard]] std::optional<RegionValues> regionValuesFrom(const ipc::MetricReply &reply,
                                                           const workspace::MapValues &wanted);
/// "unemployment_rate" → "Unemployment rate".
[[nodiscard]] QString metricName(const QString &metric);

} // namespace chrona::ui
