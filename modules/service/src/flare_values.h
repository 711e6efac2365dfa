// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/http/message.h"
#include "chrona/ipc/messages.h"

#include <functional>
#include <mutex>

namespace chrona::service {

/// The interface of a value provider, as the reference clients call it: POST /feed-values/ROUND,
/// POST /feed-values/ and POST /volumes/?window=SECONDS, each with the feeds that are wanted. Any
/// thread.
class FlareValues {
public:
    struct VenueVolume {
        std::string venue;
        double volume = 0;
    };
    struct Parts {
        /// Nothing: there is no sound and fresh price. What is no price of a market is never given.
        std::function<std::optional<double>(const std::string &feed)> price;
        std::function<std::vector<VenueVolume>(const std::string &feed, std::int64_t windowMs)>
            volumes;
        std::shared_ptr<const Clock> clock;
    };
    explicit FlareValues(Parts parts) : m_parts(std::move(parts)) {}

    [[nodiscard]] http::Response answer(const http::Request &request);
    /// What was asked last; the rest of the status is left as it is.
    void tell(ipc::FlareProvideStatus &status) const;

private:
    struct Asked;
    [[nodiscard]] http::Response values(const Asked &asked, std::optional<std::int64_t> round);
    [[nodiscard]] http::Response volumes(const Asked &asked, std::int64_t windowSeconds);
    [[nodiscard]] bool isOfNow(std::int64_t round) const;

    Parts m_parts;
    mutable std::mutex m_mutex;
    std::optional<std::int64_t> m_round;
    std::optional<Instant> m_at;
    std::int32_t m_feeds = 0, m_values = 0;
};

} // namespace chrona::service
