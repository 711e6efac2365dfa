// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"

#include <QObject>

namespace chrona::prices {

/// Prices, yields and exchange rates at the end of the day: with the user's own key from Tiingo and
/// Alpha Vantage, without one from the U.S. Treasury, the ECB and the Bank of Canada.
class MarketPrices : public QObject, public connect::Connector {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CHRONA_CONNECTOR_IID FILE "market-prices.json")
    Q_INTERFACES(chrona::connect::Connector)

public:
    [[nodiscard]] Result<connect::Description> describe() const override;
    [[nodiscard]] Result<connect::Fetched> fetch(const connect::FetchTask &task,
                                                 connect::Fetcher &fetcher,
                                                 std::stop_token stop) const override;
    [[nodiscard]] Result<std::vector<connect::Draft>>
    normalize(const connect::RawItem &item) const override;
};

} // namespace chrona::prices
