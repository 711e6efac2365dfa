// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chrona::service {

/// Who of several that listen to the same venue is believed: the first choice while it speaks, the
/// next as soon as it falls silent for longer than it usually does, and the first again when it has
/// been heard for a while. What two tell of the same trade counts once. Pure; one thread.
class VenueChoice {
public:
    static constexpr std::int64_t kSilentMsMin = 5'000; ///< or five usual gaps
    static constexpr std::int64_t kBackAfterMs = 30'000;
    static constexpr std::int64_t kOverlapMs = 15'000;

    /// So many listen, the first choice first; markets are numbered.
    VenueChoice(std::size_t listeners, std::size_t markets);

    /// Somebody heard something of the venue. Whether he is believed.
    [[nodiscard]] bool hear(std::size_t listener, std::int64_t nowMs);
    /// Of a believed row: whether another one told it before, around a change.
    [[nodiscard]] bool isToldTwice(std::size_t market, bool isTrade, std::int64_t statedMs,
                                   std::int64_t nowMs);
    [[nodiscard]] std::size_t current() const { return m_current; }
    [[nodiscard]] std::uint64_t changes() const { return m_changes; }

private:
    struct Voice {
        std::int64_t heardMs = 0; ///< 0: never
        std::int64_t sinceMs = 0; ///< without a silence
        double usualGapMs = 1'000;
    };
    [[nodiscard]] bool isSilent(const Voice &voice, std::int64_t nowMs) const;
    void change(std::size_t to, std::int64_t nowMs);

    std::vector<Voice> m_voices;
    std::vector<std::int64_t> m_newestMs; ///< stamp told of each market
    std::vector<std::int64_t> m_beforeMs; ///< the same when the voice changed
    std::size_t m_current = 0;
    std::int64_t m_changedMs = 0;
    std::uint64_t m_changes = 0;
};

} // namespace chrona::service
