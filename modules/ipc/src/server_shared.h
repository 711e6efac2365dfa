// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/server.h"
#include "topic_log.h"

#include <array>
#include <atomic>

namespace chrona::ipc {

/// What the server and its connections have in common.
struct ServerShared {
    ServerShared(Server::Options given, Dispatch handler, std::uint64_t startEpoch)
        : options(std::move(given)), dispatch(std::move(handler)), epoch(startEpoch),
          topics{TopicLog(options.replayBytesMax), TopicLog(options.replayBytesMax),
                 TopicLog(options.replayBytesMax), TopicLog(options.replayBytesMax),
                 TopicLog(options.replayBytesMax)}
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
};

} // namespace chrona::ipc
