// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"

#include <QObject>

namespace chrona::eonet {

/// Natural events that NASA's Earth Observatory tracks.
class Eonet : public QObject, public connect::Connector {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CHRONA_CONNECTOR_IID FILE "eonet.json")
    Q_INTERFACES(chrona::connect::Connector)

public:
    [[nodiscard]] Result<connect::Description> describe() const override;
    [[nodiscard]] Result<connect::Fetched> fetch(const connect::FetchTask &task,
                                                 connect::Fetcher &fetcher,
                                                 std::stop_token stop) const override;
    [[nodiscard]] Result<std::vector<connect::Draft>>
    normalize(const connect::RawItem &item) const override;
};

} // namespace chrona::eonet
