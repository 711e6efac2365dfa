// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::net {

/// What a host's robots.txt asks of one program (RFC 9309), and its Crawl-delay, which is older.
/// Pure; any thread.
class RobotsRules {
public:
    static constexpr std::size_t kBytesMax = 512 << 10; ///< what stands behind is not read
    static constexpr Duration kPauseMax = std::chrono::hours(1);

    RobotsRules() = default; ///< everything may be asked
    /// The groups of `product`, the name at the head of our User-Agent; else those of "*". Never
    /// fails: lines that are no rules, a page of HTML among them, are none.
    [[nodiscard]] static RobotsRules read(std::string_view text, std::string_view product);

    /// Of the rules that match, the longest decides, and of two alike the one that allows.
    [[nodiscard]] bool allow(std::string_view url) const;
    /// The least time between two requests; at most kPauseMax.
    [[nodiscard]] std::optional<Duration> pause() const { return m_pause; }

private:
    struct Rule {
        std::string path; ///< percent-encoding made one form; '*' and a last '$' have their meaning
        bool allows = false;
    };
    struct Reader;
    std::vector<Rule> m_rules;
    std::optional<Duration> m_pause;
};

} // namespace chrona::net
