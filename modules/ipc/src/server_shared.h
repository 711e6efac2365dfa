// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/server.h"
#include "topic_log.h"

#include <array>
#include <atomic>
#include <utility>

namespace chrona::ipc {

/// What the server and its connections have in common.
struct ServerShared {
    ServerShared(Server::Options given, Dispatch handler, std::uint64_t startEpoch)
        : options(std::move(given)), dispatch(std::move(handler)), epoch(startEpoch),
          topics(logs(options.replayBytesMax, std::make_index_sequence<kTopicCount>()))
    {
    }

    [[nodiscard]] TopicLog &log(Topic topic) { return topics[static_cast<std::size_t>(topic)]; }

    const Server::Options options;
    const Dispatch dispatch;
    const std::uint64_t epoch;
    std::array<TopicLog, kTopicCount> topics;

    std::atomic<std::int64_t> connections{0};
    std::atomic<std::int64_t> refused{0};
    std::atomic<std::int64_t> stalled{0};
    std::atomic<std::int64_t> requestsOpen{0};
    std::atomic<std::int64_t> outgoingBytesPeak{0};
    std::atomic<std::int64_t> resyncs{0};

private:
    /// One for each topic; made in place, since a log cannot be moved.
    template <std::size_t... Index>
    static std::array<TopicLog, kTopicCount> logs(std::size_t bytesMax,
                                                  std::index_sequence<Index...>)
    {
        return {((void)Index, TopicLog(bytesMax))...};
    }
};

} // namespace chrona::ipc
