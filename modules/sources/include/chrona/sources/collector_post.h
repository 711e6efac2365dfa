// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/sources/remote_collector.h"

namespace chrona::sources {

/// A collector's own end: waits to be dialled by the service that it was paired with, listens to
/// the venues that it is told, and sends what it hears. While the link is down it keeps the newest
/// rows, counts those that it cannot keep, and stops asking venues after two minutes. On threads of
/// its own.
class CollectorPost {
public:
    static constexpr std::size_t kRowsKeptMax = 200'000;
    static constexpr std::chrono::minutes kAlone{2};

    struct Parts {
        net::LinkListener::Options listening;
        std::string version;
        /// Begins to listen to one venue; NotFound for one that is not known here.
        std::function<Result<std::unique_ptr<VenueCollector>>(
            const AssignedVenue &, std::function<void(std::span<const VenueRow>)>)>
            listen;
        std::shared_ptr<const Clock> clock{}; ///< null: the system's
    };
    [[nodiscard]] static Result<std::unique_ptr<CollectorPost>> start(Parts parts);
    ~CollectorPost();
    CollectorPost(const CollectorPost &) = delete;
    CollectorPost &operator=(const CollectorPost &) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] bool isDialled() const;         ///< a link is open now
    [[nodiscard]] std::size_t venuesAsked() const;
    [[nodiscard]] std::uint64_t lostRows() const;

private:
    struct State;
    explicit CollectorPost(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::sources
