// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/submitter.h"

#include <stop_token>

namespace chrona::flare {

/// Values from a value provider: any program that answers POST /feed-values/ROUND as the reference
/// clients ask it. Believed as little as a node: feeds must come back as they were asked, values
/// must be finite and above zero, anything else is a feed without a value.
class ValueProvider final : public ValueSource {
public:
    /// `url` without the path: "http://127.0.0.1:3101". The HTTP client must outlive this.
    ValueProvider(std::string url, net::HttpClient &http, std::stop_token stop = {});
    [[nodiscard]] Result<std::vector<std::optional<double>>>
    valuesFor(RoundId round, std::span<const ftso::Feed> feeds) override;

private:
    std::string m_url;
    net::HttpClient &m_http;
    std::stop_token m_stop;
};

/// Category and name of a feed id: "BTC/USD".
[[nodiscard]] std::string feedName(const ftso::FeedId &id);

} // namespace chrona::flare
