// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"

#include <QObject>

namespace chrona::macrocalendar {

/// When statistics and decisions will be published, and when debt is sold: BLS, BEA, the Federal
/// Reserve and the Treasury.
class MacroCalendar : public QObject, public connect::Connector {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CHRONA_CONNECTOR_IID FILE "macro-calendar.json")
    Q_INTERFACES(chrona::connect::Connector)

public:
    [[nodiscard]] Result<connect::Description> describe() const override;
    [[nodiscard]] Result<connect::Fetched> fetch(const connect::FetchTask &task,
                                                 connect::Fetcher &fetcher,
                                                 std::stop_token stop) const override;
    [[nodiscard]] Result<std::vector<connect::Draft>>
    normalize(const connect::RawItem &item) const override;
};

} // namespace chrona::macrocalendar
