// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/net/http.h"
#include "chrona/net/robots.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace chrona::sources {

/// What the hosts that were asked lately want of programs. Any thread.
class RobotsBook {
public:
    static constexpr const char *kProduct = "Chrona"; ///< the head of our User-Agent
    static constexpr std::chrono::hours kKept{24};    ///< RFC 9309 §2.4
    static constexpr std::size_t kHostsMax = 4'096;   ///< of those beyond, the longest kept goes

    struct Page {
        net::RobotsRules rules{};
        net::Validators validators{};
        Instant askedAt{};
        [[nodiscard]] Instant keptUntil() const { return askedAt + kKept; }
    };
    using Known = std::shared_ptr<const Page>;

    [[nodiscard]] Known find(std::string_view origin) const; ///< null: not asked yet
    Known keep(const std::string &origin, Page page);

private:
    mutable std::mutex m_mutex;
    std::map<std::string, Known, std::less<>> m_pages;
};

} // namespace chrona::sources
